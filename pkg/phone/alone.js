/** What outdial/phone exports in every runtime. */
export * from './api.js';
export { OutdialError, isOutdialError } from '../error.js';
export { init } from './module.js';
