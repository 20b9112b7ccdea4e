import { LONGEST_TIMER_MS } from '../attempt.js';
import { OutdialError } from '../error.js';

const MOST_AT_ONCE = 1_000;
const USUAL_AT_ONCE = 4;

// As many as a person will read.
const MOST_NAMES = 100;

/**
 * Requests a minute that a vendor's page allows an account, under the name of the platform: Truedy's guide on rate limits,
 * Kore.ai's page on those of its contact center APIs. Thoughtly names none, and a relay has its own.
 */
const VENDOR_PER_MINUTE = { truedy: 100, kore: 60 };

const isFunction = (value) => typeof value === 'function';
const isWithin = (least, most) => (value) => Number.isInteger(value) && value >= least && value <= most;
const wholeNumber = (least, most, unit) => ({ is: isWithin(least, most), expects: `a whole number${unit} from ${least} to ${most}`, code: 'out_of_range' });

const OPTIONS = {
  concurrency: wholeNumber(1, MOST_AT_ONCE, ''),
  perMinute: { is: (value) => value === Infinity || isWithin(1, 1e6)(value), expects: 'a whole number from 1 to 1000000, or Infinity', code: 'out_of_range' },
  signal: { is: (value) => isFunction(value.addEventListener), expects: 'an AbortSignal', code: 'invalid_type' },
  onProgress: { is: isFunction, expects: 'a function', code: 'invalid_type' },
  keyFor: { is: isFunction, expects: 'a function', code: 'invalid_type' },
  order: { is: (value) => value === 'input' || value === 'completion', expects: "'input' or 'completion'", code: 'invalid_format' },
};

/** Of each single operation; as src/config.rs has them. */
const EACH = {
  timeoutMs: wholeNumber(1, LONGEST_TIMER_MS, ' of milliseconds'),
  totalTimeoutMs: wholeNumber(1, LONGEST_TIMER_MS, ' of milliseconds'),
  maxRetries: wholeNumber(0, 10, ''),
};
const KNOWN = { ...OPTIONS, ...EACH };

/**
 * The options of a bulk operation with their defaults, `each` being those of its single operations. Throws with every
 * problem, each under the name of what is wrong.
 */
export function readSettings(given, { operation, provider, takesKeys }) {
  const issues = [];
  const read = readable(given, issues);
  const wrong = (path, code, message) => issues.push({ path, code, message });
  for (const [name, { is, expects, code }] of Object.entries(KNOWN)) {
    if (name in read && !passes(is, read[name])) wrong(name, code, `must be ${expects}`);
  }
  if ('keyFor' in read && !takesKeys) wrong('keyFor', 'unsupported_field', 'is for calls only: a contact could be created twice');
  if ('idempotencyKey' in read) wrong('idempotencyKey', 'unsupported_field', 'would be one call for all inputs: use keyFor');
  for (const name of Object.keys(read).slice(0, MOST_NAMES)) {
    if (!Object.hasOwn(KNOWN, name) && name !== 'idempotencyKey') wrong(name, 'unknown_field', `is not known here; known are ${Object.keys(KNOWN).join(', ')}`);
  }
  if (issues.length > 0) throw refused(issues, operation, provider);
  const { concurrency = USUAL_AT_ONCE, perMinute = VENDOR_PER_MINUTE[provider] ?? Infinity, order = 'input', signal, onProgress, keyFor } = read;
  // The run as a whole waits when a platform says that it takes no more.
  const each = Object.fromEntries(Object.keys(EACH).filter((name) => name in read).map((name) => [name, read[name]]));
  return { concurrency, perMinute, order, signal, onProgress, keyFor, each: { ...each, retryRateLimited: false } };
}

/** What was given; null counts as nothing. */
function readable(given = {}, issues) {
  try {
    if (typeof given !== 'object' || given === null) throw new TypeError();
    return Object.assign(Object.create(null), Object.fromEntries(Object.entries(given).filter(([, value]) => (value ?? undefined) !== undefined)));
  } catch {
    issues.push({ path: '', code: 'invalid_type', message: 'options must be an object that can be read' });
    return Object.create(null);
  }
}

function passes(is, value) {
  try {
    return is(value);
  } catch {
    return false;
  }
}

function refused(issues, operation, provider) {
  const said = issues.map(({ path, message }) => `${path} ${message}`.trim()).join('; ');
  return new OutdialError({ code: 'invalid_input', message: `Nothing was sent: ${said}`, provider, operation, issues, attempts: 0 });
}
