import assert from 'node:assert/strict';
import test from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { handleJob } from '../../pkg/queue.js';
import { CALLS, CONTACTS, NUMBER, clientOf, open, outdial } from './support/platforms.mjs';

const OPTIONS = { timeoutMs: 200 };
const LOST_AT_FIRST = { kind: 'cut_before', times: 1 };
const jobOf = (provider, id = 'job-1') => ({ id, input: CALLS[provider] });

/** A store in memory; `fail` names methods that throw, `log` says what was asked of it. */
function storeOf({ fail = [] } = {}) {
  const records = new Map();
  const log = [];
  const method = (name, work) => async (id, record) => {
    log.push(name);
    if (fail.includes(name)) throw new Error(`${name} is down`);
    return work(id, structuredClone(record));
  };
  return {
    records,
    log,
    claim: method('claim', (id, record) => records.get(id) ?? void records.set(id, record)),
    put: method('put', (id, record) => void records.set(id, record)),
    delete: method('delete', (id) => void records.delete(id)),
  };
}

const started = (record) => ({ state: 'started', operation: 'createCall', attempts: 1, startedAt: Date.now() - 60_000, ...record });

test('the key is in the store before anything is sent', async () => {
  const store = storeOf();
  const { sandbox, client } = open('truedy', { config: {} });
  const seen = [];
  const watching = clientOf('truedy', sandbox, {
    fetch: (request) => {
      seen.push(structuredClone(store.records.get('job-1')), request.headers.get('x-idempotency-key'));
      return sandbox.fetch(request);
    },
  });
  const outcome = await handleJob(watching, jobOf('truedy'), store);
  assert.deepEqual([outcome.status, outcome.value.status, outcome.id], ['completed', 'queued', outcome.value.id]);
  const [record, key] = seen;
  assert.deepEqual([record.state, record.key, record.provider, outcome.key], ['started', key, 'truedy', key]);
  assert.deepEqual(store.records.get('job-1'), { state: 'completed', operation: 'createCall', provider: 'truedy', key, id: outcome.id });
  assert.ok(!JSON.stringify([...store.records]).includes(NUMBER.slice(2)), 'the store holds a phone number');
  assert.equal(client.provider, 'truedy');
});

test('a job that comes again after its end is told, not done', async () => {
  const store = storeOf();
  const { sandbox, client } = open('truedy');
  const first = await handleJob(client, jobOf('truedy'), store);
  const again = await handleJob(client, jobOf('truedy'), store);
  assert.deepEqual(again, { status: 'completed', key: first.key, id: first.id });
  assert.deepEqual(sandbox.rang, { [NUMBER]: 1 });
  assert.equal(sandbox.requests.length, 1);
});

test('a store that gives null for what was not written is understood', async () => {
  const store = storeOf();
  const { client } = open('kore');
  store.records.set('job-1', { state: 'completed', operation: 'createCall', provider: 'kore', key: null, id: 'c-1', error: null });
  assert.deepEqual(await handleJob(client, jobOf('kore'), store), { status: 'completed', id: 'c-1' });
  store.records.set('job-1', { ...started({ provider: 'kore' }), key: null, id: null, error: null });
  assert.equal((await handleJob(client, jobOf('kore'), store, OPTIONS)).status, 'parked');
});

test('of two deliveries at a time one does the job', async () => {
  for (const provider of ['truedy', 'kore', 'thoughtly']) {
    const store = storeOf();
    const { sandbox, client } = open(provider);
    const outcomes = await Promise.all([1, 2, 3].map(() => handleJob(client, jobOf(provider), store, OPTIONS)));
    assert.equal(outcomes.filter(({ status, value }) => status === 'completed' && value).length, 1, provider);
    assert.deepEqual(Object.values(sandbox.rang), [1]);
  }
});

test('a job whose worker died is asked for again under its key, which rings nobody twice', async () => {
  const store = storeOf();
  const { sandbox, client } = open('truedy');
  // The worker before placed the call, and died before it could write so.
  const key = 'key-of-the-dead';
  const placed = await outdial.createCall(client, CALLS.truedy, { idempotencyKey: key });
  store.records.set('job-1', started({ key, provider: 'truedy' }));
  const outcome = await handleJob(client, jobOf('truedy'), store, OPTIONS);
  assert.deepEqual([outcome.status, outcome.id, outcome.key], ['completed', placed.id, key]);
  assert.deepEqual(sandbox.rang, { [NUMBER]: 1 });
  assert.deepEqual(sandbox.requests.map(({ headers, replayed }) => [headers['x-idempotency-key'], replayed]), [[key, false], [key, true]]);
});

test('where the platform honours no key, such a job is parked as outcome_unknown, and stays so', async () => {
  for (const provider of ['kore', 'thoughtly']) {
    const store = storeOf();
    const { sandbox, client } = open(provider);
    store.records.set('job-1', started({ provider }));
    for (const _ of [1, 2]) {
      const { status, error } = await handleJob(client, jobOf(provider), store, OPTIONS);
      assert.deepEqual([status, error.code, error.provider], ['parked', 'outcome_unknown', provider]);
    }
    assert.deepEqual([sandbox.requests, store.records.get('job-1').state], [[], 'parked']);
  }
});

test('a job that was begun with another platform is parked', async () => {
  const store = storeOf();
  const { sandbox, client } = open('truedy');
  store.records.set('job-1', started({ provider: 'kore' }));
  assert.equal((await handleJob(client, jobOf('truedy'), store, OPTIONS)).status, 'parked');
  assert.deepEqual(sandbox.requests, []);
});

test('a job that comes again while the attempt before may be under way is put off until it is over', async () => {
  const store = storeOf();
  const { sandbox, client } = open('truedy');
  store.records.set('job-1', started({ key: 'k', provider: 'truedy', startedAt: Date.now() - 150 }));
  const { status, retryAfterMs, key } = await handleJob(client, jobOf('truedy'), store, { timeoutMs: 60_000 });
  assert.deepEqual([status, key, sandbox.requests.length], ['retry', 'k', 0]);
  assert.ok(retryAfterMs > 40_000 && retryAfterMs <= 69_850, `${retryAfterMs}`);
});

test('of two deliveries that come after a worker died one asks again', async () => {
  // This platform stores a key only when it has dialled.
  const { sandbox, client } = open('truedy', { strictKeys: false, latencyMs: 100 });
  const store = storeOf();
  store.records.set('job-1', started({ key: 'k', provider: 'truedy' }));
  const deliver = () => handleJob(client, jobOf('truedy'), store, { timeoutMs: 2_000 });
  const outcomes = await Promise.all([deliver(), deliver(), deliver()]);
  assert.deepEqual(outcomes.map(({ status }) => status).sort(), ['completed', 'retry', 'retry']);
  assert.ok(outcomes.every(({ key }) => key === 'k'));
  assert.deepEqual([sandbox.rang[NUMBER], sandbox.requests.length], [1, 1]);
  assert.equal((await deliver()).status, 'completed');
});

test('a worker that died between two steps of a later attempt stops nothing', async () => {
  const { sandbox, client } = open('truedy');
  const store = storeOf();
  store.records.set('job-1', started({ key: 'k', provider: 'truedy' }));
  store.records.set('job-1#k#2', started({ key: 'k', provider: 'truedy', attempts: 2 }));
  assert.deepEqual([(await handleJob(client, jobOf('truedy'), store, OPTIONS)).status, sandbox.rang[NUMBER]], ['completed', 1]);
  assert.deepEqual([...store.records.keys()], ['job-1'], 'the claims of attempts stay behind');
});

test('jobs whose ids look like claims of attempts are jobs of their own', async () => {
  const { sandbox, client } = open('truedy', { faults: [LOST_AT_FIRST] });
  const store = storeOf();
  const [one, two] = [jobOf('truedy', 'order'), { id: 'order#2', input: { ...CALLS.truedy, phoneNumber: '+14155550188' } }];
  assert.equal((await handleJob(client, one, store, OPTIONS)).status, 'retry');
  assert.equal((await handleJob(client, two, store, OPTIONS)).status, 'completed');
  store.records.get('order').startedAt -= 60_000;
  assert.equal((await handleJob(client, one, store, OPTIONS)).status, 'completed');
  assert.deepEqual(sandbox.rang, { '+14155550188': 1, [NUMBER]: 1 });
});

test('what the store writes late never brings another key', async () => {
  const { sandbox, client } = open('truedy', { faults: [{ kind: 'status', status: 429, times: 1 }] });
  const store = storeOf();
  const { put } = store;
  let late;
  const slow = { ...store, put: (...given) => (late ??= sleep(900).then(() => put(...given))) };
  const first = handleJob(client, jobOf('truedy'), slow, { timeoutMs: 200 });
  await sleep(500);
  const second = await handleJob(client, jobOf('truedy'), store, { timeoutMs: 200 });
  const { key } = await first;
  assert.deepEqual([second.status, second.key], ['completed', key]);
  const third = await handleJob(client, jobOf('truedy'), store, { timeoutMs: 200 });
  assert.deepEqual([third.status, third.key, sandbox.rang[NUMBER]], ['completed', key, 1]);
});

test('a duplicate delivery does not overtake an attempt that may still be under way at the platform', async () => {
  const store = storeOf();
  const { client } = open('truedy');
  store.records.set('job-1', started({ key: 'k', provider: 'truedy', startedAt: Date.now() - 30_000 }));
  const { status, retryAfterMs } = await handleJob(client, jobOf('truedy'), store, { timeoutMs: 30_000 });
  assert.ok(status === 'retry' && retryAfterMs > 5_000 && retryAfterMs <= 10_000, `${status} ${retryAfterMs}`);
});

test('a record whose counts are none is refused by name', async () => {
  for (const counts of [{ attempts: -1e300 }, { attempts: 0.5 }, { undone: 2 }, { undone: -1 }]) {
    const store = storeOf();
    const { sandbox, client } = open('truedy');
    store.records.set('job-1', started({ key: 'k', provider: 'truedy', ...counts }));
    await assert.rejects(handleJob(client, jobOf('truedy'), store, OPTIONS), ({ issues }) => issues[0].path === 'store.claim');
    assert.deepEqual(sandbox.requests, []);
  }
});

test('a record of very many attempts ends its job as quickly as any', async () => {
  const store = storeOf();
  const { sandbox, client } = open('truedy');
  store.records.set('job-1', started({ key: 'k', provider: 'truedy', attempts: 2 ** 31 }));
  assert.equal((await handleJob(client, jobOf('truedy'), store, OPTIONS)).status, 'parked');
  assert.ok(store.log.length < 200 && sandbox.requests.length === 0);
});

test('a store that knows one record for all ids is refused, and nothing is sent', async () => {
  const { sandbox, client } = open('truedy');
  const store = { ...storeOf(), claim: async () => started({ key: 'k', provider: 'truedy' }) };
  await assert.rejects(handleJob(client, jobOf('truedy'), store, OPTIONS), ({ code, issues }) => code === 'invalid_input' && issues[0].path === 'store.claim');
  assert.deepEqual(sandbox.requests, []);
});

test('the time that a store takes is time of the delivery', async () => {
  for (const [provider, takesMs, requests, left] of [['truedy', 100, 1, 'started'], ['truedy', 350, 0, 'started'], ['kore', 350, 0, 'started']]) {
    const { sandbox, client } = open(provider, { faults: [{ kind: 'never' }] });
    const { claim, ...rest } = storeOf();
    const store = { ...rest, claim: async (...given) => (await claim(...given), void (await sleep(takesMs))) };
    const from = performance.now();
    const outcome = await handleJob(client, jobOf(provider), store, { timeoutMs: 300 });
    assert.ok(performance.now() - from < takesMs + 300 - 20, 'the attempt outlived its delivery');
    assert.deepEqual([outcome.status, sandbox.requests.length, store.records.get('job-1')?.state], ['retry', requests, left], `${provider} ${takesMs}`);
  }
});

test('a call of which the contact may have been made is parked', async () => {
  for (const [fault, status, code] of [[{ kind: 'status', status: 500 }, 'parked', 'provider_error'], [{ kind: 'never', processed: true }, 'parked', 'timeout'], [{ kind: 'redirect', status: 302 }, 'rejected', 'bad_response']]) {
    const { sandbox, client } = open('thoughtly', { faults: [{ on: { operation: 'createContact' }, ...fault }] });
    const store = storeOf();
    for (const _ of [1, 2]) {
      const outcome = await handleJob(client, jobOf('thoughtly'), store, OPTIONS);
      assert.deepEqual([outcome.status, outcome.error.code], [status, code]);
    }
    assert.equal(sandbox.requests.length, 1);
  }
});

test('a lost answer is asked for again under its key, and parked after maxAttempts', async () => {
  const store = storeOf();
  const { sandbox, client } = open('truedy', { faults: [{ kind: 'cut_after' }] });
  const outcomes = [];
  for (let delivery = 0; delivery < 4; delivery += 1) {
    outcomes.push(await handleJob(client, jobOf('truedy'), store, { timeoutMs: 50, maxAttempts: 3 }));
    await sleep(110);
  }
  assert.deepEqual(outcomes.map(({ status, error }) => [status, error.code]), [
    ['retry', 'outcome_unknown'], ['retry', 'outcome_unknown'], ['parked', 'outcome_unknown'], ['parked', 'outcome_unknown'],
  ]);
  assert.ok(outcomes[0].retryAfterMs >= 100);
  assert.equal(new Set(sandbox.requests.map(({ headers }) => headers['x-idempotency-key'])).size, 1);
  assert.deepEqual([sandbox.requests.length, sandbox.rang], [3, { [NUMBER]: 1 }]);
});

test('a lost answer of a platform without keys is parked at once', async () => {
  for (const provider of ['kore', 'thoughtly']) {
    const store = storeOf();
    const { sandbox, client } = open(provider, { faults: [{ kind: 'cut_after', on: { operation: 'createCall' } }] });
    const { status, error } = await handleJob(client, jobOf(provider), store, OPTIONS);
    assert.deepEqual([status, error.code, store.records.get('job-1').state], ['parked', 'outcome_unknown', 'parked'], provider);
    assert.deepEqual(Object.values(sandbox.rang), [1]);
  }
});

test('what was not done comes again at once, under the same key, and counts as no attempt', async () => {
  for (const provider of ['truedy', 'kore']) {
    const store = storeOf();
    const { sandbox, client } = open(provider, { faults: [{ kind: 'status', status: 429, hint: 'retry_after_seconds', afterMs: 2_000, times: 3 }] });
    const options = { timeoutMs: 60_000, maxAttempts: 1 };
    for (const undone of [1, 2, 3]) {
      const { status, retryAfterMs, error } = await handleJob(client, jobOf(provider), store, options);
      assert.deepEqual([status, retryAfterMs, error.code], ['retry', 2_000, 'rate_limited']);
      const { attempts, startedAt, ...record } = store.records.get('job-1');
      assert.deepEqual([record.undone, attempts, startedAt], [undone, undone, 0]);
    }
    const { key } = store.records.get('job-1');
    const outcome = await handleJob(client, jobOf(provider), store, options);
    assert.deepEqual([outcome.status, outcome.key], ['completed', key]);
    assert.deepEqual(Object.values(sandbox.rang), [1]);
  }
});

test('what cannot be done yet waits longer with every delivery, to a minute', async () => {
  const waits = [];
  for (const delivery of [undefined, 1, 3, 5, 200]) {
    const { client } = open('truedy', { config: { fetch: () => Promise.reject(Object.assign(new TypeError('fetch failed'), { cause: { code: 'ECONNREFUSED' } })) } });
    const { status, retryAfterMs } = await handleJob(client, jobOf('truedy'), storeOf(), { ...OPTIONS, delivery });
    assert.equal(status, 'retry');
    waits.push(retryAfterMs);
  }
  waits.forEach((waitMs, at) => {
    const mostMs = [1_000, 1_000, 4_000, 16_000, 60_000][at];
    assert.ok(waitMs >= mostMs / 2 && waitMs <= mostMs, `${waitMs} of ${mostMs}`);
  });
});

test('a call in quiet hours waits for their end', async (t) => {
  t.mock.timers.enable({ apis: ['Date'], now: Date.parse('2027-01-15T12:00:00Z') });
  const store = storeOf();
  const { sandbox, client } = open('truedy', { config: { policy: { quietHours: { start: '21:00', end: '08:00' } } } });
  const outcome = await handleJob(client, jobOf('truedy'), store, OPTIONS);
  assert.deepEqual([outcome.status, outcome.retryAfterMs, outcome.error.code], ['retry', 4 * 3_600_000, 'not_allowed']);
  // One that may have rung keeps its key over the night.
  store.records.set('job-2', started({ key: 'k', provider: 'truedy' }));
  const kept = await handleJob(client, jobOf('truedy', 'job-2'), store, OPTIONS);
  assert.deepEqual([kept.status, kept.retryAfterMs, store.records.get('job-2').key], ['retry', 4 * 3_600_000, 'k']);
  assert.deepEqual(sandbox.requests, []);
});

test('what the platform or this package refuses is rejected for good', async () => {
  for (const [input, faults, code] of [
    [{ ...CALLS.truedy, phoneNumber: '+9198765xxxxx' }, [], 'invalid_input'],
    [{ ...CALLS.truedy, phoneNumber: '+19002345678' }, [], 'not_allowed'],
    [CALLS.truedy, [{ kind: 'status', status: 402 }], 'payment_required'],
    [CALLS.truedy, [{ kind: 'status', status: 422 }], 'rejected'],
    [undefined, [], 'invalid_input'],
  ]) {
    const store = storeOf();
    const { sandbox, client } = open('truedy', { faults });
    for (const _ of [1, 2]) {
      const { status, error } = await handleJob(client, { id: 'job-1', input }, store, OPTIONS);
      assert.deepEqual([status, error.code], ['rejected', code]);
    }
    assert.equal(sandbox.created.calls, 0);
  }
});

test('whatever is said the second time, a call that may have rung is never called rejected', async () => {
  for (const config of [{ policy: { regions: ['GB'] } }, {}]) {
    const store = storeOf();
    const { client } = open('truedy', { config, faults: [{ kind: 'status', status: 402 }] });
    store.records.set('job-1', started({ key: 'k', provider: 'truedy', attempts: 4 }));
    const { status, error } = await handleJob(client, jobOf('truedy'), store, OPTIONS);
    assert.deepEqual([status, store.records.get('job-1').state], ['parked', 'parked'], error.code);
  }
});

test('what cannot be sent is rejected in one step, and a job that was begun before stays in doubt', async () => {
  const store = storeOf();
  const { client } = open('truedy');
  const job = { id: 'job-1', input: { phoneNumber: 'x' } };
  assert.equal((await handleJob(client, job, store, OPTIONS)).status, 'rejected');
  assert.deepEqual(store.log, ['claim']);
  store.records.set('job-1', started({ key: 'k', provider: 'truedy' }));
  assert.deepEqual([(await handleJob(client, job, store, OPTIONS)).status, store.records.get('job-1').key], ['parked', 'k']);
});

test('contacts are jobs too, and are parked where they may exist', async () => {
  for (const [faults, status, state] of [[[], 'completed', 'completed'], [[{ kind: 'cut_after' }], 'parked', 'parked'], [[{ kind: 'status', status: 500 }], 'parked', 'parked'], [[{ kind: 'status', status: 422 }], 'rejected', 'rejected']]) {
    const store = storeOf();
    const { sandbox, client } = open('truedy', { faults });
    const outcomes = [];
    for (const _ of [1, 2]) outcomes.push((await handleJob(client, { id: 'c', operation: 'createContact', input: CONTACTS.truedy }, store, OPTIONS)).status);
    assert.deepEqual([outcomes, store.records.get('c').state, 'key' in store.records.get('c')], [[status, status], state, false]);
    assert.ok(sandbox.requests.length === 1 && sandbox.created.contacts <= 1);
  }
});

test('a store that fails before anything is sent fails the delivery by name, and nothing is sent', async () => {
  const { sandbox, client } = open('truedy');
  await assert.rejects(handleJob(client, jobOf('truedy'), storeOf({ fail: ['claim'] }), OPTIONS), (error) => {
    assert.deepEqual([error.code, error.issues[0].path, error.attempts, error.cause.message], ['invalid_input', 'store.claim', 0, 'claim is down']);
    return true;
  });
  const store = storeOf({ fail: ['put'] });
  store.records.set('job-1', started({ key: 'k', provider: 'truedy' }));
  await assert.rejects(handleJob(client, jobOf('truedy'), store, OPTIONS), ({ issues }) => issues[0].path === 'store.put');
  const garbled = { ...storeOf(), claim: async () => 'OK' };
  await assert.rejects(handleJob(client, jobOf('truedy'), garbled, OPTIONS), ({ issues }) => issues[0].path === 'store.claim');
  assert.deepEqual(sandbox.requests, []);
});

test('a store that fails after a call was placed loses neither the call nor its key', async () => {
  const { sandbox, client } = open('truedy');
  const store = storeOf({ fail: ['put'] });
  const { status, id, key, unstored } = await handleJob(client, jobOf('truedy'), store, OPTIONS);
  assert.deepEqual([status, typeof id, unstored.message], ['completed', 'string', 'put is down']);
  assert.equal(store.records.get('job-1').key, key);
  assert.deepEqual(sandbox.rang, { [NUMBER]: 1 });
});

test('a job without an id, a store without its methods and bad options are refused by name', async () => {
  const { sandbox, client } = open('truedy');
  const store = storeOf();
  for (const [args, ...paths] of [
    [[client, undefined, store], 'job'],
    [[client, { input: CALLS.truedy }, store], 'job.id'],
    [[client, { id: '', input: CALLS.truedy }, store], 'job.id'],
    [[client, { id: 7, input: CALLS.truedy }, store], 'job.id'],
    [[client, { ...jobOf('truedy'), operation: 'deleteCall' }, store], 'job.operation'],
    [[client, jobOf('truedy'), undefined], 'store.claim', 'store.put', 'store.delete'],
    [[client, jobOf('truedy'), { ...store, claim: 1 }], 'store.claim'],
    [[{}, jobOf('truedy'), store], 'client'],
    [[client, jobOf('truedy'), store, { timeoutMs: 0 }], 'timeoutMs'],
    [[client, jobOf('truedy'), store, { maxAttempts: 1.5, retries: 3 }], 'retries', 'maxAttempts'],
  ]) {
    await assert.rejects(handleJob(...args), (error) => {
      assert.deepEqual([error.code, error.issues.map(({ path }) => path)], ['invalid_input', paths]);
      return true;
    });
  }
  assert.deepEqual([sandbox.requests, store.log], [[], []]);
});
