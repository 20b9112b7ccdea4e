import * as glue from './dist/outdial.js';
import { OutdialError } from './error.js';

export { OutdialError, isOutdialError } from './error.js';

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
  if (!ready && loader.module && source === undefined) start(loader.module());
  if (ready) return Promise.resolve();
  loading ??= load(source ?? loader.url()).finally(() => (loading = undefined));
  return loading;
}

async function load(source) {
  await glue.default({ module_or_path: source });
  ready = true;
}

function start(module) {
  glue.initSync({ module });
  ready = true;
}

/** The module, if it is there; where it can be had at once it is. */
function core(asked) {
  if (!ready && loader.module) start(loader.module());
  if (!ready) throw new OutdialError({ code: 'not_ready', message: `${asked} needs the module: await init() once before`, attempts: 0 });
  return glue;
}

export function isE164(text) {
  if (typeof text !== 'string') throw new TypeError('isE164: text must be a string');
  return core('isE164').isE164(text);
}

const handles = new WeakMap();

/** One platform with one caller's credentials, which nothing of it shows. */
class Client {
  constructor(handle) {
    handles.set(this, handle);
    Object.defineProperty(this, 'provider', { value: handle.provider, enumerable: true });
    Object.freeze(this);
  }
}

export function createClient(config) {
  return new Client(new (core('createClient').Client)(config));
}

function handleOf(client, operation) {
  const handle = typeof client === 'object' && client !== null ? handles.get(client) : undefined;
  if (handle) return handle;
  const issue = { path: 'client', code: 'invalid_type', message: 'must be made by createClient' };
  throw new OutdialError({ code: 'invalid_input', message: `client ${issue.message}`, operation, issues: [issue], attempts: 0 });
}

export async function createContact(client, input, options) {
  return handleOf(client, 'createContact').run('createContact', input, options);
}

export async function createCall(client, input, options) {
  return handleOf(client, 'createCall').run('createCall', input, options);
}

export function validateContact(clientOrProvider, input) {
  return validate('createContact', clientOrProvider, input);
}

export function validateCall(clientOrProvider, input) {
  return validate('createCall', clientOrProvider, input);
}

function validate(operation, clientOrProvider, input) {
  const { validate: check } = core(operation);
  return check(typeof clientOrProvider === 'string' ? clientOrProvider : handleOf(clientOrProvider).provider, operation, input);
}
