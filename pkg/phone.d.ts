export { OutdialError, isOutdialError, type ErrorCode, type Issue } from './types/error.js';
export { init, type ModuleSource } from './types/init.js';
export * from './types/phone.js';
