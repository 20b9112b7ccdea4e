import { compiled } from './compile.js';
import { setLoader } from './phone/module.js';

// Pages: bundlers follow this form of URL and copy the file.
setLoader({ url: () => new URL('./dist/phone.wasm', import.meta.url), compiled });

export * from './phone/alone.js';
