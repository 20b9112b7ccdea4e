import { setLoader } from './phone/module.js';
// Edge functions may not compile bytes; with this suffix their builds give the module compiled.
import module from './dist/phone.wasm?module';

setLoader({ module: () => module });

export * from './phone/alone.js';
