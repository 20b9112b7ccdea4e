import { LONGEST_TIMER_MS } from '../attempt.js';
import { handleOf } from '../client.js';
import { OutdialError, isOutdialError } from '../error.js';

const OPERATIONS = ['createCall', 'createContact'];
const STORE = ['claim', 'put', 'delete'];

const isWhole = (least, most) => (value) => Number.isSafeInteger(value) && value >= least && value <= most;

const OPTIONS = {
  timeoutMs: { is: isWhole(1, LONGEST_TIMER_MS), default: 30_000, expects: `a whole number of milliseconds from 1 to ${LONGEST_TIMER_MS}` },
  delivery: { is: isWhole(1, Number.MAX_SAFE_INTEGER), default: 1, expects: 'a whole number from 1' },
  maxAttempts: { is: isWhole(1, 100), default: 5, expects: 'a whole number from 1 to 100' },
};

/** What handleJob was given, complete; throws with every problem, each under the name of what is wrong. */
export function readJob(client, job, store, options) {
  const issues = [];
  const handle = handleFor(client, issues);
  const add = (path, code, message) => issues.push({ path, code, message });
  let task;
  try {
    task = readTask(job, store, options ?? {}, add);
  } catch {
    add('job', 'unreadable', 'cannot be read, or its store or options cannot');
  }
  if (issues.length > 0) throw refused(issues, task?.operation);
  return { client, handle, store, ...task };
}

function readTask(job, store, options, add) {
  const { id, input, operation = 'createCall' } = isObject(job) ? job : {};
  if (!isObject(job)) add('job', 'invalid_type', 'must be an object with an id and an input');
  else if (id === undefined || id === null) add('job.id', 'required', 'is missing: without it a job that comes again could not be known');
  else if (typeof id !== 'string' || id === '') add('job.id', 'invalid_type', 'must be a text that is not empty');
  if (!OPERATIONS.includes(operation)) add('job.operation', 'invalid_format', `must be one of ${OPERATIONS.join(', ')}`);
  for (const method of STORE) if (typeof store?.[method] !== 'function') add(`store.${method}`, 'required', 'must be a function');
  return { id, input, operation, ...readOptions(options, add) };
}

function handleFor(client, issues) {
  try {
    return handleOf(client, 'handleJob');
  } catch (error) {
    if (!isOutdialError(error)) throw error;
    issues.push(...error.issues);
    return undefined;
  }
}

function readOptions(options, add) {
  for (const name of Object.keys(options)) {
    if (!Object.hasOwn(OPTIONS, name)) add(name, 'unknown_field', `is no option; known are ${Object.keys(OPTIONS).join(', ')}`);
  }
  return Object.fromEntries(Object.entries(OPTIONS).map(([name, { is, expects, default: usual }]) => {
    const value = options[name] ?? usual;
    if (!is(value)) add(name, 'out_of_range', `must be ${expects}`);
    return [name, value];
  }));
}

export function refused(issues, operation, cause) {
  const message = `The job was not begun: ${issues.map(({ path, message: why }) => `${path} ${why}`).join('; ')}`;
  return new OutdialError({ code: 'invalid_input', message, operation, issues, attempts: 0 }, cause);
}

const isObject = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);
