import { setLoader } from './module.js';
// Workers may not compile bytes; they get the module compiled.
import module from './dist/outdial.wasm';

setLoader({ module: () => module });

export * from './api.js';
