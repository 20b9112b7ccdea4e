import { compiled } from './compile.js';
import { setLoader } from './phone/module.js';
import { bytes } from './dist/phone.inline.js';

// Servers: bytes that every bundler keeps beside the code.
setLoader({ module: bytes, compiled });

export * from './phone/alone.js';
