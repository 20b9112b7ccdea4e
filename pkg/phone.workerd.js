import { setLoader } from './phone/module.js';
// Workers may not compile bytes; they get the module compiled.
import module from './dist/phone.wasm';

setLoader({ module: () => module });

export * from './phone/alone.js';
