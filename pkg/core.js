import * as glue from './dist/outdial.js';
import { OutdialError } from './error.js';

export { OutdialError, isOutdialError } from './error.js';

let loader;
let ready = false;
let loading;

/**
 * Says how this runtime finds the module: `{ module }` gives its bytes or a compiled module at once, `{ url }` an address
 * to load it from.
 */
export function setLoader(chosen) {
  loader = chosen;
}

export function init(source) {
  if (!ready && loader.module && source === undefined) start(loader.module());
  if (ready) return Promise.resolve();
  loading ??= load(source ?? loader.url()).finally(() => (loading = undefined));
  return loading;
}

async function load(source) {
  await glue.default({ module_or_path: source });
  ready = true;
}

function start(module) {
  glue.initSync({ module });
  ready = true;
}

/** The module, if it is there; where it can be had at once it is. */
function core(asked) {
  if (!ready && loader.module) start(loader.module());
  if (!ready) throw new OutdialError({ code: 'not_ready', message: `${asked} needs the module: await init() once before`, attempts: 0 });
  return glue;
}

export function isE164(text) {
  if (typeof text !== 'string') throw new TypeError('isE164: text must be a string');
  return core('isE164').isE164(text);
}

const handles = new WeakMap();

/** One platform with one caller's credentials, which nothing of it shows. */
class Client {
  constructor(handle) {
    handles.set(this, handle);
    Object.defineProperty(this, 'provider', { value: handle.provider, enumerable: true });
    Object.freeze(this);
  }
}

export function createClient(config) {
  return new Client(new (core('createClient').Client)(config, isPage()));
}

/** Whether anybody can read what runs here: a page or its worker, and not a server that plays one in a test. */
function isPage() {
  const { process, Deno, document, DedicatedWorkerGlobalScope, SharedWorkerGlobalScope } = globalThis;
  if (process?.versions?.node || process?.versions?.bun || Deno) return false;
  return Boolean(document || DedicatedWorkerGlobalScope || SharedWorkerGlobalScope);
}

function handleOf(client) {
  const handle = typeof client === 'object' && client !== null ? handles.get(client) : undefined;
  if (handle) return handle;
  throw invalidInput('client', 'must be made by createClient');
}

function invalidInput(path, message) {
  const issues = [{ path, code: 'invalid_type', message }];
  return new OutdialError({ code: 'invalid_input', message: `${path} ${message}`, issues, attempts: 0 });
}

export async function createContact(client, input, options) {
  return handleOf(client).run('createContact', input, options);
}

export async function createCall(client, input, options) {
  return callOnce(client, input, options);
}

export async function resumeCall(client, error, options) {
  return resume(client, error, options);
}

export function listCalls(client, query = {}, options = {}) {
  const page = async (from) => handleOf(client).run('listCalls', from, options);
  return {
    page: () => page(query),
    async *[Symbol.asyncIterator]() {
      let { offset = 0 } = query;
      for (;;) {
        const { items, hasMore } = await page({ ...query, offset });
        yield* items;
        if (!hasMore || items.length === 0) return;
        offset += items.length;
      }
    },
  };
}

export async function getCall(client, id, options) {
  return handleOf(client).run('getCall', { id }, options);
}

export async function updateCall(client, id, changes, options) {
  return handleOf(client).run('updateCall', { ...changes, id }, options);
}

export async function deleteCall(client, id, options) {
  return handleOf(client).run('deleteCall', { id }, options);
}

export async function deleteCalls(client, ids, options) {
  return handleOf(client).run('deleteCalls', { ids }, options);
}

export async function getRecording(client, id, options) {
  return handleOf(client).run('getRecording', { id }, options);
}

export async function getTranscript(client, id, options) {
  return handleOf(client).run('getTranscript', { id }, options);
}

export function validateContact(clientOrProvider, input) {
  return validate('createContact', clientOrProvider, input);
}

export function validateCall(clientOrProvider, input) {
  return validate('createCall', clientOrProvider, input);
}

function validate(operation, clientOrProvider, input) {
  const module = core(operation);
  if (typeof clientOrProvider === 'string') return module.validate(clientOrProvider, operation, input);
  return handleOf(clientOrProvider).validate(operation, input);
}
