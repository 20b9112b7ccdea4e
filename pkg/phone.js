import { module } from './module.js';

export function isE164(text) {
  if (typeof text !== 'string') throw new TypeError('isE164: text must be a string');
  return module('isE164').isE164(text);
}
