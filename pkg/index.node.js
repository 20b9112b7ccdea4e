import { setLoader } from './core.js';
import { bytes } from './dist/inline.js';

// Servers: bytes that every bundler keeps beside the code.
setLoader({ module: () => bytes });

export * from './core.js';
