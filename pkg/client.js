import { OutdialError } from './error.js';
import { module } from './module.js';
import { pack } from './pack.js';
import { readWith, splitPolicy, withMembers } from './permit.js';

const handles = new WeakMap();

const isFunction = (value) => typeof value === 'function';
const FUNCTIONS = { fetch: isFunction, onEvent: isFunction, auth: isFunction };

// A signal of another realm is one too.
const SIGNAL = { signal: (value) => typeof value?.addEventListener === 'function' };

/** One platform with one caller's credentials, which nothing of it shows. */
class Client {
  constructor(handle) {
    handles.set(this, handle);
    Object.defineProperty(this, 'provider', { value: handle.provider, enumerable: true });
    Object.freeze(this);
  }
}

export function createClient(config) {
  const { Client: Handle } = module('createClient');
  const policy = memberOf(config, 'policy');
  const { data, permit, issues } = splitPolicy(policy);
  const packed = pack(data === policy ? config : withMembers(config, { policy: data }), FUNCTIONS);
  const { fetch, onEvent, auth } = packed.kept;
  const token = auth && ((fresh) => auth({ fresh }));
  const judge = permit && (async (phone) => (await permit(phone)) ?? true);
  return new Client(readWith(issues, () => new Handle(packed, isPage(), fetch, onEvent, token, judge)));
}

// What cannot be read is refused by name when the module reads it.
function memberOf(value, name) {
  try {
    return value?.[name];
  } catch {
    return undefined;
  }
}

/** Whether anybody can read what runs here: a page or its worker, and not a server that plays one in a test. */
function isPage() {
  const { process, Deno, document, DedicatedWorkerGlobalScope, SharedWorkerGlobalScope } = globalThis;
  if (process?.versions?.node || process?.versions?.bun || Deno) return false;
  return Boolean(document || DedicatedWorkerGlobalScope || SharedWorkerGlobalScope);
}

/** What stands behind a client in the module, for `operation`. */
export function handleOf(client, operation) {
  const handle = typeof client === 'object' && client !== null ? handles.get(client) : undefined;
  if (handle) return handle;
  throw invalidInput('client', 'must be made by createClient', operation);
}

export function invalidInput(path, message, operation) {
  const issues = [{ path, code: 'invalid_type', message }];
  return new OutdialError({ code: 'invalid_input', message: `${path} ${message}`, operation, issues, attempts: 0 });
}

/** Does one operation. */
export async function run(operation, client, input, options) {
  return runPacked(operation, handleOf(client, operation), pack(input), options);
}

/** `resumed`: it was asked for before, and how that ended is unknown. */
export function runPacked(operation, handle, input, options, resumed = false) {
  return runWith(operation, handle, input, packOptions(options), resumed);
}

/** Options as `runWith` takes them, however often. */
export function packOptions(options) {
  return options === undefined ? undefined : pack(options, SIGNAL);
}

/** `isOneOfMany`: see redirects.js. */
export function runWith(operation, handle, input, options, resumed = false, isOneOfMany = false) {
  return handle.run(operation, input, options, options?.kept.signal, resumed, isOneOfMany);
}

export async function createContact(client, input, options) {
  return run('createContact', client, input, options);
}

export function validateContact(clientOrProvider, input) {
  return validate('createContact', clientOrProvider, input);
}

export function validateCall(clientOrProvider, input) {
  return validate('createCall', clientOrProvider, input);
}

function validate(operation, clientOrProvider, input) {
  const loaded = module(operation);
  if (typeof clientOrProvider === 'string') return loaded.validate(clientOrProvider, operation, pack(input));
  return handleOf(clientOrProvider, operation).validate(operation, pack(input));
}
