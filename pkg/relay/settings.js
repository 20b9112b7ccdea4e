import { LONGEST_TIMER_MS } from '../attempt.js';
import { handleOf } from '../client.js';
import { OutdialError, isOutdialError } from '../error.js';
import { module } from '../module.js';
import { pack } from '../pack.js';
import { readWith, splitPolicy } from '../permit.js';
import { OPERATIONS } from './message.js';
import { isOneOf, isPlainObject } from './shape.js';

const MOST_LISTED = 1_000;
const isFunction = (value) => typeof value === 'function';
const isFlag = (value) => typeof value === 'boolean';
const isDuration = (value) => Number.isSafeInteger(value) && value > 0 && value <= LONGEST_TIMER_MS;

const OPTIONS = {
  client: { required: true, read: clientProblems },
  allow: { required: true, read: listProblems(isOneOf(OPERATIONS), `one of ${OPERATIONS.join(', ')}`, 1) },
  policy: { required: true, read: policyProblems },
  authorize: { required: true, read: typeProblem(isFunction, 'a function') },
  rateLimit: { read: typeProblem(isFunction, 'a function') },
  origins: { read: listProblems(isOrigin, 'an origin, such as https://shop.example', 0), default: [] },
  raw: { read: typeProblem(isFlag, 'true or false'), default: false },
  extra: { read: typeProblem(isFlag, 'true or false'), default: false },
  timeoutMs: { read: typeProblem(isDuration, 'a whole number of milliseconds'), default: 30_000 },
  hookTimeoutMs: { read: typeProblem(isDuration, 'a whole number of milliseconds'), default: 5_000 },
  bodyTimeoutMs: { read: typeProblem(isDuration, 'a whole number of milliseconds'), default: 10_000 },
};

/** The options of createRelay with their defaults; throws with every problem, each under the name of what is wrong. */
export function readSettings(options) {
  const given = copyOf(options);
  const unknown = Object.keys(given).filter((name) => !Object.hasOwn(OPTIONS, name));
  const issues = unknown.map((name) => issue(name, 'unknown_field', `is no option; known are ${Object.keys(OPTIONS).join(', ')}`));
  const settings = {};
  for (const [name, option] of Object.entries(OPTIONS)) {
    const value = given[name] ?? undefined;
    settings[name] = value ?? option.default;
    if (value !== undefined) issues.push(...problemsOf(() => option.read(name, value), name));
    else if (option.required) issues.push(issue(name, 'required', 'is missing'));
  }
  if (issues.length > 0) throw refused(issues);
  return { ...settings, handle: handleOf(settings.client), origins: new Set(settings.origins) };
}

/** Reading a member once settles what it is. */
function copyOf(options) {
  try {
    if (isPlainObject(options)) return { ...options };
  } catch {
    // No better than what is none.
  }
  throw refused([issue('', 'invalid_type', 'must be an object')]);
}

function refused(issues) {
  const message = `createRelay: ${issues.map(({ path, message: why }) => `${path} ${why}`.trim()).join('; ')}`;
  return new OutdialError({ code: 'invalid_input', message, operation: 'createRelay', issues, attempts: 0 });
}

const issue = (path, code, message) => ({ path, code, message });

function typeProblem(is, what) {
  return (name, value) => (is(value) ? [] : [issue(name, 'invalid_type', `must be ${what}`)]);
}

function listProblems(is, what, least) {
  return (name, value) => {
    if (!Array.isArray(value)) return [issue(name, 'invalid_type', 'must be a list')];
    if (!(value.length <= MOST_LISTED)) return [issue(name, 'out_of_range', `may have ${MOST_LISTED} items at most`)];
    if (value.length < least) return [issue(name, 'required', 'is empty')];
    return value.flatMap((item, at) => (is(item) ? [] : [issue(`${name}.${at}`, 'invalid_format', `must be ${what}`)]));
  };
}

function isOrigin(value) {
  try {
    return typeof value === 'string' && value !== 'null' && new URL(value).origin === value;
  } catch {
    return false;
  }
}

function clientProblems(name, client) {
  const problems = problemsOf(() => handleOf(client) && [], name);
  const isRelay = problems.length === 0 && client.provider === 'relay';
  return isRelay ? [issue(name, 'invalid_type', 'must be of a platform, not of another relay')] : problems;
}

/** A relay rings whomever a stranger names, so it says where. What a policy may hold the module knows; any number asks it. */
function policyProblems(name, policy) {
  const isUnnamed = isPlainObject(policy) && (policy.regions ?? []).length === 0;
  const unnamed = isUnnamed ? [issue('policy.regions', 'required', 'must name the regions that may be called')] : [];
  const { data, issues } = splitPolicy(policy);
  const read = () => module('createRelay').checkPolicy(pack(data), pack('+14155552671'));
  return [...unnamed, ...problemsOf(() => readWith(issues, read) && [], name)];
}

/** The issues that `check` gives or throws; what else it throws is a getter's or a proxy's. */
function problemsOf(check, name) {
  try {
    return check();
  } catch (error) {
    return (isOutdialError(error) && error.issues) || [issue(name, 'invalid_type', 'cannot be read: it throws')];
  }
}
