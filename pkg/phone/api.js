export { metadataVersion } from '../dist/metadata.js';
export { checkPhones } from './check.js';
export { examplePhone } from './examples.js';
export { findPhones } from './find.js';
export { isE164, isValidPhone, parsePhone, toE164 } from './read.js';
export { regions } from './region.js';
export { asYouType } from './typing.js';
