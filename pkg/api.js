export { OutdialError, isOutdialError } from './error.js';
export { init } from './module.js';
export * from './client.js';
export * from './calls.js';
export * from './contacts.js';
export * from './phone/api.js';
export { checkPolicy } from './policy.js';
