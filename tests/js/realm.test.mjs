import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import test from 'node:test';
import vm from 'node:vm';
import * as outdial from '../../pkg/index.node.js';
import { closedUrl } from './support/faults.mjs';
import { failure, KEY, OPERATIONS, settled } from './support/outcome.mjs';

const { createCall, createClient, createContact, isOutdialError, OutdialError, validateCall } = outdial;
const env = { outdial };

/** Another realm, as Jest makes one for each test file: its own Object, Error, Promise and Function. */
const realm = vm.createContext({ setTimeout, AbortController: undefined });
const there = (code) => vm.runInContext(`(${code})`, realm);

const clientWith = (fetch, config) => createClient({ provider: 'truedy', apiKey: 'truedy_test', maxRetries: 0, fetch, ...config });
const created = JSON.stringify(OPERATIONS.createCall.created);

test('the other realm is one: its objects and errors are not instances of ours', () => {
  assert.equal(there('{}') instanceof Object, false);
  assert.equal(there('new Error()') instanceof Error, false);
});

test('configs, inputs and options of another realm are read', async () => {
  const config = there(`{ provider: 'truedy', apiKey: 'truedy_test', fetch: async (request) => ({ status: 201, text: async () => '${created}' }) }`);
  const input = there(`{ agentId: 'agt_1', phoneNumber: '+14155552671', variables: Object.assign(Object.create(null), { a: new Date(0), list: undefined }), settings: { maxDurationSeconds: 60 } }`);
  const call = await createCall(createClient(config), input, there(`{ timeoutMs: 1000, idempotencyKey: '${KEY}' }`));
  assert.deepEqual([call.id, call.status], ['call_1', 'queued']);
});

test('what another realm makes and cannot be sent is refused with its path', () => {
  const input = there(`{ agentId: 'agt_1', phoneNumber: '+14155552671', variables: { a: new Map(), b: () => {}, c: { d: 1 } } }`);
  assert.deepEqual(validateCall('truedy', input).map(({ path }) => path), ['variables.a', 'variables.b', 'variables.c']);
});

test('a fetch of another realm may answer a Response of its own, and reject with an error of its own', async () => {
  const good = there(`async () => ({ status: 201, headers: { get: () => null }, text: async () => '${created}' })`);
  assert.equal((await createCall(clientWith(good), OPERATIONS.createCall.input)).id, 'call_1');
  const bad = there(`async () => { throw new TypeError('of another realm'); }`);
  const error = await failure(env, createCall(clientWith(bad), OPERATIONS.createCall.input, { idempotencyKey: KEY }), 'createCall', { code: 'outcome_unknown' });
  assert.equal(error.cause.message, 'of another realm');
});

test('an error of another realm that says that no connection came about is network', async () => {
  const refused = there(`async () => { throw Object.assign(new TypeError('fetch failed'), { cause: { code: 'ECONNREFUSED' } }); }`);
  await failure(env, createContact(clientWith(refused), OPERATIONS.createContact.input), 'createContact', { code: 'network' });
});

test('a signal of another realm ends an operation, with its reason as the cause', async () => {
  const controller = there(`(() => {
    const listeners = new Set();
    const signal = { aborted: false, reason: undefined, addEventListener: (type, listener) => listeners.add(listener), removeEventListener: (type, listener) => listeners.delete(listener) };
    const abort = (reason) => { Object.assign(signal, { aborted: true, reason }); for (const listener of listeners) listener(); };
    return { signal, abort, listeners };
  })()`);
  const client = clientWith(() => new Promise(() => {}));
  const promise = createContact(client, OPERATIONS.createContact.input, { signal: controller.signal });
  setTimeout(() => controller.abort(there(`new Error('left')`)), 20);
  const error = await failure(env, promise, 'createContact', { code: 'aborted' });
  assert.equal(error.cause.message, 'left');
  assert.equal(controller.listeners.size, 0);
});

test('isOutdialError knows the errors of another realm and of another copy of the package', async () => {
  const foreign = vm.runInContext(`Object.assign(new Error('m'), { [Symbol.for('outdial.error')]: true })`, realm);
  assert.equal(isOutdialError(foreign), true);
  assert.equal(foreign instanceof OutdialError, false);
  const copy = await import('../../pkg/error.js?copy');
  const error = new copy.OutdialError({ code: 'internal', message: 'm', attempts: 0 });
  assert.notEqual(copy.OutdialError, OutdialError);
  assert.equal(isOutdialError(error), true);
});

test('isOutdialError is false for everything else, and throws for nothing', () => {
  const hostile = new Proxy({}, { get() { throw new Error('it fights back'); } });
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  for (const other of [undefined, null, 'OutdialError', 7, {}, new Error('m'), { name: 'OutdialError' }, () => {}, hostile, proxy]) {
    assert.equal(isOutdialError(other), false);
  }
});

/** The package evaluated in another realm, as Jest does it, with the globals named; prints what `script` returns. */
function inJest(globals, script) {
  const runner = fileURLToPath(new URL('support/vm-realm.mjs', import.meta.url));
  const { stdout, stderr, status } = spawnSync(process.execPath, ['--experimental-vm-modules', '--no-warnings', runner, JSON.stringify(globals), script], { encoding: 'utf8', timeout: 20_000 });
  assert.equal(status, 0, stderr);
  return JSON.parse(stdout);
}

const OF_NODE = ['fetch', 'Request', 'Response', 'Headers', 'URL', 'URLSearchParams', 'AbortController', 'AbortSignal', 'DOMException', 'TextDecoder', 'TextEncoder', 'setTimeout', 'clearTimeout', 'queueMicrotask', 'performance', 'crypto', 'atob'];
const without = (...names) => OF_NODE.filter((name) => !names.includes(name));

const CALL_IN_JEST = `
  const client = outdial.createClient({ provider: 'truedy', apiKey: 'truedy_test', maxRetries: 0, ...config });
  const result = await outdial.createCall(client, { agentId: 'agt_1', phoneNumber: '+14155552671' }, { idempotencyKey: 'k' })
    .catch((error) => ({ code: error.code, branded: outdial.isOutdialError(error), own: error instanceof Error }));
  return result;`;
const OWN_FETCH = `const config = { fetch: async (request) => ({ status: 201, text: async () => '${created}' }) };`;
const unsent = { code: 'network', branded: true, own: true };

test('the package works when it is evaluated in another realm', () => {
  const { id, status } = inJest(OF_NODE, OWN_FETCH + CALL_IN_JEST);
  assert.deepEqual([id, status], ['call_1', 'queued']);
});

test('there, a request that cannot be built rejects, though its error is of another realm', () => {
  const script = `const config = { baseUrl: 'http://xn--a', fetch: async () => ({}) };${CALL_IN_JEST}`;
  assert.deepEqual(inJest(OF_NODE, script), unsent);
});

test('there, a closed port is network', async () => {
  assert.deepEqual(inJest(OF_NODE, `const config = { baseUrl: '${await closedUrl()}' };${CALL_IN_JEST}`), unsent);
});

test('there, an abort with a reason that is no Error settles', () => {
  const script = `
    const controller = new AbortController();
    const client = outdial.createClient({ provider: 'truedy', apiKey: 'k', fetch: () => new Promise(() => {}) });
    const promise = outdial.createContact(client, { phoneNumber: '+14155552671' }, { signal: controller.signal });
    setTimeout(() => controller.abort('left'), 20);
    const error = await promise.catch((thrown) => thrown);
    return [error.code, error.cause];`;
  assert.deepEqual(inJest(OF_NODE, script), ['aborted', 'left']);
});

// jsdom has nothing of fetch; others lack less.
for (const missing of [['fetch', 'Request', 'Response', 'Headers'], ['Headers'], ['AbortController', 'AbortSignal'], ['setTimeout']]) {
  test(`there, without ${missing.join(', ')} an operation rejects instead of hanging`, () => {
    assert.deepEqual(inJest(without(...missing), `const config = {};${CALL_IN_JEST}`), unsent);
  });
}

test('there, without performance the clock of Date serves, for one and for many', () => {
  assert.equal(inJest(without('performance'), OWN_FETCH + CALL_IN_JEST).id, 'call_1');
  const script = `${OWN_FETCH}
    const client = outdial.createClient({ provider: 'truedy', apiKey: 'truedy_test', ...config });
    const ids = [];
    const calls = ['1', '2'].map((last) => ({ agentId: 'agt_1', phoneNumber: '+1415555267' + last }));
    for await (const { value } of outdial.createCalls(client, calls)) ids.push(value?.id);
    return ids;`;
  assert.deepEqual(inJest(without('performance'), script), ['call_1', 'call_1']);
});

test('validation answers in another realm without any of the globals of fetch', () => {
  const script = `return outdial.validateContact('truedy', { phoneNumber: 'x' }).map(({ path }) => path);`;
  assert.deepEqual(inJest(['atob', 'TextDecoder', 'TextEncoder'], script), ['phoneNumber']);
});

test('a promise of an operation is settled within two seconds, whatever realm asks', async () => {
  const { error } = await settled(createContact(clientWith(there('() => ({ get then() { throw 7; } })')), OPERATIONS.createContact.input));
  assert.equal(isOutdialError(error), true);
});
