// The one place that knows where the package lies.
export * from '/outdial/index.js';
export { createSandbox } from '/outdial/sandbox/index.js';
