import * as glue from './dist/outdial.js';
import { OutdialError } from './error.js';

let loader;
let ready = false;
let loading;

/**
 * Says how this runtime finds the module: `{ module }` gives its bytes or a compiled module at once, `{ url }` an address
 * to load it from.
 */
export function setLoader(chosen) {
  loader = chosen;
}

export function init(source) {
  if (!ready && loader.module && source === undefined) start();
  if (ready) return Promise.resolve();
  // A load that failed is forgotten, so that it can be tried again.
  loading ??= load(source ?? loader.url()).finally(() => (loading = undefined));
  return loading;
}

async function load(source) {
  await glue.default({ module_or_path: source });
  ready = true;
}

function start() {
  glue.initSync({ module: loader.module() });
  ready = true;
}

/** The module, for the function `asked`; where it can be had at once it is. */
export function module(asked) {
  if (!ready && loader.module) start();
  if (!ready) throw new OutdialError({ code: 'not_ready', message: `${asked} needs the module: await init() before`, attempts: 0 });
  return glue;
}
