import { badMessage, refusal } from './refusal.js';
import { isOneOf, isPlainObject } from './shape.js';

export const VERSION = 1;

/** What a relay can do: the package's operations that are one request. */
export const OPERATIONS = [
  'createContact', 'createCall', 'listCalls', 'getCall', 'updateCall', 'deleteCall', 'deleteCalls', 'getRecording', 'getTranscript',
];

const MEMBERS = ['version', 'operation', 'input', 'options'];
const OPTIONS = ['idempotencyKey', 'timeoutMs'];

/** The message of a body: its envelope is judged here, its input where the operation is. */
export function readMessage(text, allow) {
  const message = parse(text);
  if (!isPlainObject(message)) throw badMessage('', 'invalid_type', 'The body must be a JSON object');
  if (message.version !== VERSION) throw badMessage('version', 'invalid_format', `must be ${VERSION}`);
  const { operation, input = {}, options = {} } = message;
  refuseOthers(message, MEMBERS, '');
  if (!isOneOf(OPERATIONS)(operation)) throw badMessage('operation', 'invalid_format', 'is no operation of a relay');
  if (!allow.includes(operation)) throw refusal(403, 'not_allowed', `This relay does no ${operation}`, { operation });
  if (!isPlainObject(input)) throw badMessage('input', 'invalid_type', 'must be an object');
  if (!isPlainObject(options)) throw badMessage('options', 'invalid_type', 'must be an object');
  refuseOthers(options, OPTIONS, 'options.');
  return { operation, input, options: readOptions(operation, options) };
}

function readOptions(operation, { idempotencyKey, timeoutMs }) {
  if (operation === 'createCall' && (idempotencyKey ?? undefined) === undefined) {
    throw badMessage('idempotencyKey', 'required', 'is missing: without it this call could ring twice');
  }
  if (timeoutMs !== undefined && !(Number.isSafeInteger(timeoutMs) && timeoutMs > 0)) {
    throw badMessage('timeoutMs', 'out_of_range', 'must be a whole number of milliseconds');
  }
  return { idempotencyKey, timeoutMs };
}

function parse(text) {
  try {
    return JSON.parse(text);
  } catch {
    throw badMessage('', 'invalid_format', 'The body is not JSON');
  }
}

function refuseOthers(object, known, prefix) {
  const other = Object.keys(object).find((name) => !known.includes(name));
  if (other !== undefined) throw badMessage(prefix + other, 'unknown_field', `is not known here; known are ${known.join(', ')}`);
}
