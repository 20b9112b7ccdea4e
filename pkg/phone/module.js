import * as glue from '../dist/phone.js';
import { loadable } from '../load.js';
import { answerFrom, untilReady } from './engine.js';

const { init: load, loaded, pending, provide } = loadable(glue);

/** Loads this module, unless the whole one has come or is on its way: that has the engine too. */
export function init(source) {
  return source === undefined ? untilReady(load) : load(source);
}

/** Says how this runtime finds the module: see load.js. */
export function setLoader(loader) {
  provide(loader);
  answerFrom(loaded, pending);
}
