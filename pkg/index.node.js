import { compiled } from './compile.js';
import { setLoader } from './module.js';
import { bytes } from './dist/inline.js';

// Servers, and pages that ask for outdial/inline: bytes that every bundler keeps beside the code.
setLoader({ module: bytes, compiled });

export * from './api.js';
