import { setLoader } from './module.js';
import { bytes } from './dist/inline.js';

// Servers: bytes that every bundler keeps beside the code.
setLoader({ module: bytes });

export * from './api.js';
