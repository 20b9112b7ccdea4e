// The one place that knows where the package lies; sandbox.js and csv.js are its subpaths.
export * from '/outdial/index.js';
