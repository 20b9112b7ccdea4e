import assert from 'node:assert/strict';
import test from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { collect, contactsOf, tally } from './support/bulk.mjs';
import { open, outdial } from './support/platforms.mjs';

const { createContacts } = outdial;
const SETTINGS = { perMinute: Infinity, concurrency: 3 };

/** A client whose requests take a while, and a signal that fires while the first of them are on their way. */
function openAborting({ afterMs = 10, reason = new Error('closing time') } = {}) {
  const { sandbox } = open('truedy');
  const fetch = async (request) => {
    await pause(40);
    return sandbox.fetch(request);
  };
  const controller = new AbortController();
  setTimeout(() => controller.abort(reason), afterMs);
  return { sandbox, signal: controller.signal, client: outdial.createClient({ provider: 'truedy', apiKey: 'k', fetch }), reason };
}

test('an abort lets what is on its way finish, and gives every row of an array its result', async () => {
  const { sandbox, client, signal, reason } = openAborting();
  const { all, thrown } = await collect(createContacts(client, contactsOf(20), { ...SETTINGS, signal }));
  assert.deepEqual([tally(all), thrown, sandbox.created.contacts], [{ ok: 3, aborted: 17 }, undefined, 3]);
  assert.deepEqual(all.map(({ index }) => index), Array.from({ length: 20 }, (_, index) => index));
  const { error } = all[3];
  assert.deepEqual([error.attempts, error.cause, error.details, error.operation], [0, reason, { notStartedFrom: 3 }, 'createContacts']);
});

for (const [what, from] of Object.entries({
  'a generator': function* (inputs) { yield* inputs; },
  'an async generator': async function* (inputs) { yield* inputs; },
  'a ReadableStream': (inputs) => ReadableStream.from(inputs),
})) {
  test(`an abort reads no further from ${what}: one result stands for all that was never started`, async () => {
    const { client, signal, sandbox } = openAborting();
    let read = 0;
    const inputs = contactsOf(1_000).map((input) => ({ get phoneNumber() { return input.phoneNumber; } }));
    const counted = (function* () { for (const input of inputs) yield (read += 1, input); })();
    const { all } = await collect(createContacts(client, from(counted), { ...SETTINGS, signal }));
    assert.deepEqual([tally(all), all.at(-1).index, all.at(-1).error.details], [{ ok: 3, aborted: 1 }, 3, { notStartedFrom: 3 }]);
    assert.ok(read <= 6, `${read} read`);
    assert.equal(sandbox.created.contacts, 3);
  });
}

test('inputs that fire the signal while they are read begin nothing more', async () => {
  const { sandbox, client } = open('truedy');
  const controller = new AbortController();
  function* inputs() {
    const [first, ...others] = contactsOf(3);
    yield first;
    controller.abort();
    yield* others;
  }
  const { all } = await collect(createContacts(client, inputs(), { ...SETTINGS, concurrency: 1, signal: controller.signal }));
  assert.deepEqual([tally(all), sandbox.created.contacts, all.at(-1).error.details], [{ ok: 1, aborted: 1 }, 1, { notStartedFrom: 1 }]);
});

test('an abort closes the inputs, and does not wait for one that never comes', async () => {
  const { client, signal } = openAborting();
  let closed = 0;
  const inputs = { [Symbol.asyncIterator]: () => ({ next: () => new Promise(() => {}), return: () => ((closed += 1), new Promise(() => {})) }) };
  const { all } = await collect(createContacts(client, inputs, { ...SETTINGS, signal }));
  assert.deepEqual([tally(all), closed], [{ aborted: 1 }, 1]);
});

test('a signal that has fired before starts nothing', async () => {
  const { sandbox, client } = open('truedy');
  const { all } = await collect(createContacts(client, contactsOf(5), { ...SETTINGS, signal: AbortSignal.abort('no') }));
  assert.deepEqual([tally(all), all[0].error.cause, sandbox.requests.length], [{ aborted: 5 }, 'no', 0]);
});

test('a signal that cannot be listened to is refused by name, and the inputs are closed', async () => {
  const { sandbox, client } = open('truedy');
  const thrower = () => { throw new Error('no'); };
  for (const signal of [{ aborted: false, addEventListener: thrower, removeEventListener: thrower }, Object.defineProperty({ addEventListener() {}, removeEventListener() {} }, 'aborted', { get: thrower })]) {
    let closed = false;
    const inputs = { [Symbol.iterator]: () => ({ next: () => ({ value: {}, done: false }), return: () => ((closed = true), {}) }) };
    const { all, thrown } = await collect(createContacts(client, inputs, { ...SETTINGS, signal }));
    assert.deepEqual([all, thrown.code, thrown.issues[0].path, thrown.cause.message, closed], [[], 'invalid_input', 'signal', 'no', true]);
  }
  assert.equal(sandbox.requests.length, 0);
});

test('a signal that fires after the last row changes nothing', async () => {
  const { client } = open('truedy');
  const controller = new AbortController();
  const { all } = await collect(createContacts(client, contactsOf(5), { ...SETTINGS, signal: controller.signal }), ({ index }) => index === 4 && controller.abort());
  assert.deepEqual(tally(all), { ok: 5 });
});

test('who stops taking results starts no more, and the inputs are closed', async () => {
  const { sandbox, client } = open('truedy');
  let closed = 0;
  const inputs = { [Symbol.iterator]: () => ({ next: () => ({ value: { phoneNumber: '+14155550123' }, done: false }), return: () => ((closed += 1), {}) }) };
  for await (const { ok } of createContacts(client, inputs, SETTINGS)) {
    assert.ok(ok);
    break;
  }
  await pause(20);
  const sent = sandbox.requests.length;
  await pause(50);
  assert.ok(sent <= 2 * SETTINGS.concurrency, `${sent} sent`);
  assert.deepEqual([sandbox.requests.length, closed], [sent, 1]);
});

test('a signal ends the waiting for the rate', async () => {
  const { client, signal } = openAborting({ afterMs: 100 });
  const from = performance.now();
  const { all } = await collect(createContacts(client, contactsOf(5), { perMinute: 2, signal }));
  assert.deepEqual(tally(all), { ok: 2, aborted: 3 });
  assert.ok(performance.now() - from < 2_000);
});
