import * as glue from '../dist/phone.js';
import { loadable } from '../load.js';
import { answerFrom } from './engine.js';

const { init, loaded, provide } = loadable(glue);

export { init };

/** Says how this runtime finds the module: see load.js. */
export function setLoader(loader) {
  provide(loader);
  answerFrom(loaded);
}
