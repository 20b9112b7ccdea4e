import assert from 'node:assert/strict';
import test from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { collect, contactsOf, numbersOf, tally } from './support/bulk.mjs';
import { AGENT, CALLS, CONTACTS, open, outdial } from './support/platforms.mjs';

const { createCalls, createContacts } = outdial;
const FAST = { perMinute: Infinity };
const callsOf = (count) => numbersOf(count).map((phoneNumber) => ({ agentId: AGENT, phoneNumber }));

async function* slowly(inputs) {
  for (const input of inputs) {
    await pause(1);
    yield input;
  }
}

function* one(inputs) {
  yield* inputs;
}

const SOURCES = {
  'an array': (inputs) => inputs,
  'a generator': one,
  'a set': (inputs) => new Set(inputs),
  'an async generator': slowly,
  'a ReadableStream': (inputs) => ReadableStream.from(inputs),
  'a stream that is no async iterable': (inputs) => ({ getReader: () => ReadableStream.from(inputs).getReader() }),
};

for (const [what, from] of Object.entries(SOURCES)) {
  test(`contacts come from ${what}, each result in the order of the inputs and with its index`, async () => {
    const { sandbox, client } = open('truedy');
    const { all } = await collect(createContacts(client, from(contactsOf(30)), { ...FAST, concurrency: 5 }));
    assert.deepEqual(all.map(({ index, ok, value }) => [index, ok, value.phoneNumber]), numbersOf(30).map((number, index) => [index, true, number]));
    assert.equal(sandbox.created.contacts, 30);
  });

  test(`calls come from ${what}`, async () => {
    const { sandbox, client } = open('truedy');
    const { all } = await collect(createCalls(client, from(callsOf(12)), FAST));
    assert.deepEqual(tally(all), { ok: 12 });
    assert.deepEqual(sandbox.rang, Object.fromEntries(numbersOf(12).map((number) => [number, 1])));
  });
}

/** A sandbox that counts how many requests it has at a time, and answers the later ones sooner. */
function openSlow({ waits = () => 5, ...options } = {}) {
  const opened = open('truedy', options);
  const state = { now: 0, most: 0, count: 0 };
  const fetch = async (request) => {
    const number = state.count++;
    state.most = Math.max(state.most, ++state.now);
    await pause(waits(number));
    const response = await opened.sandbox.fetch(request);
    state.now -= 1;
    return response;
  };
  const client = outdial.createClient({ provider: 'truedy', apiKey: 'k', fetch, ...options.config });
  return { ...opened, client, state };
}

test('at most `concurrency` are on their way, and as many where there is work', async () => {
  for (const concurrency of [1, 3, 16]) {
    const { client, state } = openSlow();
    await collect(createContacts(client, contactsOf(40), { ...FAST, concurrency }));
    assert.equal(state.most, concurrency);
  }
});

test('results come in the order of the inputs, or as they come', async () => {
  const waits = (number) => (number === 0 ? 60 : 2);
  for (const [order, expected] of [['input', (indexes) => assert.deepEqual(indexes, [0, 1, 2, 3, 4, 5])], ['completion', (indexes) => assert.equal(indexes.at(-1), 0)]]) {
    const { client } = openSlow({ waits });
    const { all } = await collect(createContacts(client, contactsOf(6), { ...FAST, concurrency: 3, order }));
    expected(all.map(({ index }) => index));
    assert.deepEqual(all.map(({ index }) => index).sort(), [0, 1, 2, 3, 4, 5]);
  }
});

test('a consumer that does not take holds the run back', async () => {
  const { client, state } = openSlow({ waits: () => 0 });
  let read = 0;
  const inputs = { *[Symbol.iterator]() { for (const input of contactsOf(1_000)) yield (read += 1, input); } };
  for await (const { index } of createContacts(client, inputs, { ...FAST, concurrency: 2 })) {
    assert.equal(index, 0);
    await pause(100);
    break;
  }
  assert.ok(state.count <= 9 && read <= 10, `${state.count} sent, ${read} read`);
});

test('an input that cannot be sent never reaches the network, and costs nothing of the rate', async () => {
  const { sandbox, client } = open('truedy');
  const bad = Array.from({ length: 50 }, () => ({ phoneNumber: '+9198765xxxxx' }));
  const from = performance.now();
  const { all } = await collect(createContacts(client, [...bad, ...contactsOf(2), null], { perMinute: 2 }));
  assert.deepEqual(tally(all), { invalid_input: 51, ok: 2 });
  assert.ok(all.slice(0, 50).every(({ error }) => error.attempts === 0 && error.issues[0].path === 'phoneNumber'));
  assert.equal(sandbox.requests.length, 2);
  assert.ok(performance.now() - from < 5_000);
});

test('a row that fails does not end the others', async () => {
  const { client } = open('truedy', { faults: [{ kind: 'status', status: 422, skip: 3, times: 2 }] });
  const { all } = await collect(createContacts(client, contactsOf(10), FAST));
  assert.deepEqual(tally(all), { ok: 8, rejected: 2 });
});

test('each call has the key that keyFor gives it, once', async () => {
  const { sandbox, client } = open('truedy', { faults: [{ kind: 'status', status: 429, hint: 'reset_at', afterMs: 100, skip: 2, times: 1 }] });
  const asked = [];
  const keyFor = ({ phoneNumber }, index) => (asked.push(index), `row-${index}-${phoneNumber}`);
  const { all } = await collect(createCalls(client, callsOf(5), { ...FAST, keyFor }));
  assert.deepEqual([tally(all), asked], [{ ok: 5 }, [0, 1, 2, 3, 4]]);
  const keys = sandbox.requests.map(({ headers }) => headers['x-idempotency-key']);
  assert.deepEqual([...new Set(keys)].sort(), numbersOf(5).map((number, index) => `row-${index}-${number}`));
  assert.equal(keys.length, 6);
});

test('a key that is none is the error of its row, and nothing is sent', async () => {
  const { sandbox, client } = open('truedy');
  const keys = [() => { throw new Error('no id'); }, () => 7, () => '', () => 'a\nb', () => undefined];
  const { all } = await collect(createCalls(client, callsOf(5), { ...FAST, keyFor: (_, index) => keys[index]() }));
  assert.deepEqual(tally(all), { invalid_input: 5 });
  assert.deepEqual(all.map(({ error }) => error.issues[0].path), ['keyFor', 'keyFor', 'idempotencyKey', 'idempotencyKey', 'keyFor']);
  assert.deepEqual(sandbox.requests, []);
});

test('onProgress hears of every result, and what it does wrong is no failure', async () => {
  const { client } = open('truedy');
  const heard = [];
  const onProgress = (progress) => {
    heard.push(progress);
    if (progress.done === 1) throw new Error('late');
    return Promise.reject(new Error('later'));
  };
  await collect(createContacts(client, [...contactsOf(3), {}], { ...FAST, onProgress }));
  assert.deepEqual(heard.map(({ done }) => done), [1, 2, 3, 4]);
  assert.deepEqual(heard.at(-1), { done: 4, failed: 1, inFlight: 0 });
});

const REFUSED = [
  [{ perMinute: 0 }, 'perMinute'],
  [{ perMinute: -1 }, 'perMinute'],
  [{ perMinute: NaN }, 'perMinute'],
  [{ perMinute: '100' }, 'perMinute'],
  [{ concurrency: 0 }, 'concurrency'],
  [{ concurrency: 2.5 }, 'concurrency'],
  [{ concurrency: 1_001 }, 'concurrency'],
  [{ order: 'random' }, 'order'],
  [{ signal: {} }, 'signal'],
  [{ onProgress: 1 }, 'onProgress'],
  [{ keyFor: 'id' }, 'keyFor'],
  [{ idempotencyKey: 'one' }, 'idempotencyKey'],
  [{ timeoutMs: 0 }, 'timeoutMs'],
  [{ totalTimeoutMs: 2 ** 31 }, 'totalTimeoutMs'],
  [{ maxRetries: 11 }, 'maxRetries'],
  [{ retryRateLimited: true }, 'retryRateLimited'],
  [{ concurency: 8 }, 'concurency'],
  [{ perMinute: 0, concurrency: 0 }, 'concurrency', 'perMinute'],
];

for (const [options, ...paths] of REFUSED) {
  test(`refused by name before anything is asked for: ${JSON.stringify(options)}`, async () => {
    const { sandbox, client } = open('truedy');
    const inputs = { [Symbol.iterator]: () => assert.fail('asked') };
    const { all, thrown } = await collect(createCalls(client, inputs, options));
    assert.deepEqual([all, thrown.code, thrown.operation, thrown.issues.map(({ path }) => path)], [[], 'invalid_input', 'createCalls', paths]);
    for (const path of paths) assert.ok(thrown.message.includes(path));
    assert.deepEqual(sandbox.requests, []);
  });
}

test('a key for contacts is refused by name, as are inputs that are none', async () => {
  const { client } = open('truedy');
  assert.equal((await collect(createContacts(client, [], { keyFor: () => 'x' }))).thrown.issues[0].path, 'keyFor');
  for (const inputs of [undefined, null, 'text', 5, {}, { [Symbol.iterator]: 1 }]) {
    const { thrown } = await collect(createContacts(client, inputs));
    assert.deepEqual([thrown.code, thrown.issues[0].path], ['invalid_input', 'inputs']);
  }
});

test('inputs that break off are reported by name, after all that was done', async () => {
  const { sandbox, client } = openSlow({ waits: () => 20 });
  const broken = new Error('the disk is gone');
  for (const inputs of [
    (function* () { yield* contactsOf(7); throw broken; })(),
    (async function* () { yield* contactsOf(7); throw broken; })(),
    new ReadableStream({ pull: ((left) => (controller) => (left-- > 0 ? controller.enqueue(contactsOf(1)[0]) : Promise.reject(broken)))(7) }, { highWaterMark: 0 }),
  ]) {
    const { all, thrown } = await collect(createContacts(client, inputs, { ...FAST, concurrency: 3 }));
    assert.deepEqual([tally(all), thrown.code, thrown.issues[0].path, thrown.cause], [{ ok: 7 }, 'invalid_input', 'inputs.7', broken]);
  }
  assert.equal(sandbox.created.contacts, 21);
});

test('Kore.ai gets batches, and what broke off half way through one is sent all the same', async () => {
  const { sandbox, client } = open('kore');
  const people = numbersOf(120).map((phoneNumber) => ({ ...CONTACTS.kore, phoneNumber }));
  const { all, thrown } = await collect(createContacts(client, (function* () { yield* people; throw new Error('gone'); })()));
  assert.deepEqual([tally(all), thrown.issues[0].path, sandbox.requests.map(({ json }) => json.length)], [{ ok: 120 }, 'inputs.120', [100, 20]]);
});

test('calls of Kore.ai and Thoughtly are placed as well', async () => {
  for (const provider of ['kore', 'thoughtly']) {
    const { sandbox, client } = open(provider);
    const { all } = await collect(createCalls(client, numbersOf(4).map((phoneNumber) => ({ ...CALLS[provider], phoneNumber })), FAST));
    assert.deepEqual([tally(all), Object.values(sandbox.rang)], [{ ok: 4 }, [1, 1, 1, 1]]);
  }
});

test('ten thousand rows leave nothing behind', async () => {
  const { client } = open('truedy');
  const inputs = { *[Symbol.iterator]() { for (let index = 0; index < 10_000; index += 1) yield { phoneNumber: 'x' }; } };
  let count = 0;
  for await (const { index } of createContacts(client, inputs, { ...FAST, concurrency: 10 })) assert.equal(index, count++);
  assert.equal(count, 10_000);
});
