import load, { Client, build, checkPolicy, initSync, validate } from './dist/outdial.js';
import { OutdialError } from './error.js';
import { loadable } from './load.js';
import { answerFrom } from './phone/engine.js';

const exported = { Client, checkPolicy, validate };
const { init, loaded, pending, provide } = loadable({ default: load, initSync, build });

export { init };

/** Says how this runtime finds the module: see load.js. */
export function setLoader(loader) {
  provide(loader);
  answerFrom(loaded, pending);
}

/** The module, for the function `asked`; where it can be had at once it is. */
export function module(asked) {
  if (!loaded()) throw new OutdialError({ code: 'not_ready', message: `${asked} needs the module: await init() before`, attempts: 0 });
  return exported;
}
