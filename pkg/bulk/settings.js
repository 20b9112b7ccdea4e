import { OutdialError } from '../error.js';

const MOST_AT_ONCE = 1_000;
const USUAL_AT_ONCE = 4;

/**
 * Requests a minute that a vendor's page allows an account, under the name of the platform: Truedy's guide on rate limits,
 * Kore.ai's page on those of its contact center APIs. Thoughtly names none, and a relay has its own.
 */
const VENDOR_PER_MINUTE = { truedy: 100, kore: 60 };

const isFunction = (value) => typeof value === 'function';
const isWithin = (least, most) => (value) => Number.isInteger(value) && value >= least && value <= most;

const OPTIONS = {
  concurrency: { is: isWithin(1, MOST_AT_ONCE), expects: `a whole number from 1 to ${MOST_AT_ONCE}`, code: 'out_of_range' },
  perMinute: { is: (value) => value === Infinity || isWithin(1, 1e6)(value), expects: 'a whole number from 1 to 1000000, or Infinity', code: 'out_of_range' },
  signal: { is: (value) => isFunction(value.addEventListener), expects: 'an AbortSignal', code: 'invalid_type' },
  onProgress: { is: isFunction, expects: 'a function', code: 'invalid_type' },
  keyFor: { is: isFunction, expects: 'a function', code: 'invalid_type' },
  order: { is: (value) => value === 'input' || value === 'completion', expects: "'input' or 'completion'", code: 'invalid_format' },
};

/**
 * The options of a bulk operation with their defaults, `each` being those of its single operations. Throws with every
 * problem, each under the name of what is wrong.
 */
export function readSettings(given, { operation, provider, takesKeys }) {
  const issues = [];
  const { read, each } = split(given, issues);
  for (const [name, { is, expects, code }] of Object.entries(OPTIONS)) {
    if (read[name] !== undefined && !passes(is, read[name])) issues.push({ path: name, code, message: `must be ${expects}` });
  }
  const unfit = (path, message) => issues.push({ path, code: 'unsupported_field', message });
  if (read.keyFor !== undefined && !takesKeys) unfit('keyFor', 'is for calls only: a contact could be created twice');
  if ('idempotencyKey' in each) unfit('idempotencyKey', 'would be one call for all inputs: use keyFor');
  if (issues.length > 0) throw refused(issues, operation, provider);
  const { concurrency = USUAL_AT_ONCE, perMinute = VENDOR_PER_MINUTE[provider] ?? Infinity, order = 'input', signal, onProgress, keyFor } = read;
  // The run as a whole waits when a platform says that it takes no more.
  return { concurrency, perMinute, order, signal, onProgress, keyFor, each: { ...each, retryRateLimited: false } };
}

function split(given, issues) {
  const [read, each] = [{}, {}];
  try {
    if (given !== undefined && (typeof given !== 'object' || given === null)) throw new TypeError();
    for (const [name, value] of Object.entries(given ?? {})) {
      if (!Object.hasOwn(OPTIONS, name)) each[name] = value;
      else read[name] = value ?? undefined;
    }
  } catch {
    issues.push({ path: '', code: 'invalid_type', message: 'options must be an object that can be read' });
  }
  return { read, each };
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
