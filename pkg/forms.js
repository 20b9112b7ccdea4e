// In files of their own: a form that has phone() alone loads the small module, and its bundler leaves the client out.
export { phone } from './forms/phone.js';
export { call, contact } from './forms/operation.js';
