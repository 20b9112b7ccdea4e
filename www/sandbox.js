export { createSandbox } from '/outdial/sandbox/index.js';
