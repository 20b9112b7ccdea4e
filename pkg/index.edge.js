import { setLoader } from './module.js';
// Edge functions may not compile bytes; with this suffix their builds give the module compiled.
import module from './dist/outdial.wasm?module';

setLoader({ module: () => module });

export * from './api.js';
