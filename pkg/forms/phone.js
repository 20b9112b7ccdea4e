import { init, parsePhone } from '../phone.js';
import { checkEarly, schema, whenReady } from './schema.js';

/** A field with one number. */
export function phone(options = {}) {
  if (typeof options !== 'object' || options === null) throw new TypeError('phone: options must be an object');
  const { optional = false, ...reading } = options;
  if (typeof optional !== 'boolean') throw new TypeError('phone: optional must be true or false');
  checkEarly(() => parsePhone('', reading));
  return schema((value) => {
    if (isEmpty(value)) return optional ? { value: undefined } : refused('required', 'Enter a phone number');
    if (typeof value !== 'string') return refused('invalid_type', 'A phone number must be a string');
    return whenReady(() => answer(parsePhone(value, reading)), init);
  });
}

// A control that nothing was typed into, or that is not there.
function isEmpty(value) {
  return value === undefined || value === null || (typeof value === 'string' && value.trim() === '');
}

function answer({ ok, phone, code, message }) {
  return ok ? { value: phone.e164 } : refused(code, message);
}

function refused(code, message) {
  return { issues: [{ path: [], code, message }] };
}
