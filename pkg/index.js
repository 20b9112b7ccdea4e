import { compiled } from './compile.js';
import { setLoader } from './module.js';

// Pages: bundlers follow this form of URL and copy the file.
setLoader({ url: () => new URL('./dist/outdial.wasm', import.meta.url), compiled });

export * from './api.js';
