import assert from 'node:assert/strict';
import test from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { serveSandbox } from '../../pkg/sandbox/server.js';
import { CALLS, clientAt, clientOf, CONFIGS, CONTACTS, failure, open, outdial, settled } from './support/platforms.mjs';

const { createCall, createContact, deleteCall, deleteCalls, getCall, resumeCall } = outdial;
const CALL = CALLS.truedy;
const LOST = { on: { operation: 'createCall' }, kind: 'cut_after', times: 1 };
const limited = (hint, afterMs, members) => ({ kind: 'status', status: 429, hint, afterMs, times: 1, ...members });

const gapMs = ({ requests }) => Date.parse(requests[1].at) - Date.parse(requests[0].at);

async function timed(promise) {
  const from = performance.now();
  const outcome = await settled(promise);
  return { ...outcome, ms: performance.now() - from };
}

test('Retry-After in seconds, as a date and reset_at are waited for, and not much longer', async () => {
  // A date has no parts of a second, so up to one is added.
  for (const [hint, least, most] of [['retry_after_seconds', 1_000, 1_500], ['retry_after_date', 700, 2_200], ['reset_at', 700, 1_200]]) {
    const { sandbox, client } = open('truedy', { faults: [limited(hint, hint === 'retry_after_seconds' ? 1_000 : 700)] });
    await createCall(client, CALL);
    const gap = gapMs(sandbox);
    assert.ok(gap >= least - 2 && gap < most, `${hint}: ${gap} ms`);
  }
});

test('a wait that is longer than the time left is not begun: rate_limited, at once, with retryAfterMs', async () => {
  for (const hint of ['retry_after_seconds', 'retry_after_date', 'reset_at']) {
    const { sandbox, client } = open('truedy', { faults: [limited(hint, 60_000)], config: { totalTimeoutMs: 5_000 } });
    const { error, ms } = await timed(createCall(client, CALL));
    assert.deepEqual([error.code, error.status, error.attempts, sandbox.requests.length], ['rate_limited', 429, 1, 1]);
    assert.ok(Math.abs(error.retryAfterMs - 60_000) < 2_000, `${hint}: ${error.retryAfterMs}`);
    assert.ok(ms < 1_000, `${ms} ms`);
  }
});

test('without a hint the waits grow with full jitter: at most 0.5 s, 1 s, ...', async () => {
  const events = [];
  const { client } = open('truedy', { faults: [{ kind: 'status', status: 500 }], config: { maxRetries: 2, onEvent: (event) => events.push(event) } });
  await Promise.all(Array.from({ length: 40 }, () => failure(getCall(client, 'x'))));
  for (const [attempt, most] of [[1, 500], [2, 1_000]]) {
    const waits = events.filter((event) => event.type === 'retry' && event.attempt === attempt).map(({ delayMs }) => delayMs);
    assert.equal(waits.length, 40);
    assert.ok(Math.min(...waits) >= 0 && Math.max(...waits) <= most, `${Math.max(...waits)} ms`);
    assert.ok(Math.min(...waits) < most / 4 && Math.max(...waits) > most / 2, 'all alike');
  }
});

test('totalTimeoutMs bounds all attempts and the waits between them', async () => {
  const { client } = open('truedy', { faults: [{ kind: 'never' }], config: { timeoutMs: 150, totalTimeoutMs: 500, maxRetries: 10 } });
  const { error, ms } = await timed(getCall(client, 'x'));
  assert.equal(error.code, 'timeout');
  assert.ok(error.attempts >= 1 && ms < 800, `${error.attempts} attempts, ${ms} ms`);
});

test('timeoutMs bounds a body that stalls, through fetch and over a socket', async () => {
  const { sandbox, client } = open('truedy');
  const server = await serveSandbox({ sandbox });
  const clients = [client, clientAt('truedy', server.url)];
  try {
    for (const one of clients) {
      const { id } = await createCall(one, CALL);
      sandbox.faults([{ kind: 'stall' }]);
      const { error, ms } = await timed(getCall(one, id, { timeoutMs: 200, maxRetries: 0 }));
      assert.deepEqual([error.code, error.attempts], ['timeout', 1]);
      assert.ok(ms >= 190 && ms < 1_000, `${ms} ms`);
      sandbox.faults([]);
    }
  } finally {
    await server.close();
  }
});

test('the reason of an abort is the cause, in every phase', async () => {
  const reason = new Error('enough');
  const phases = {
    'before anything is sent': { faults: [], abortMs: 0, code: 'aborted', attempts: 0 },
    'while the platform is silent': { faults: [{ kind: 'never' }], abortMs: 60, code: 'outcome_unknown', attempts: 1 },
    'while a body stalls': { faults: [{ kind: 'stall' }], abortMs: 60, code: 'outcome_unknown', attempts: 1 },
    'while it waits after a limit': { faults: [limited('reset_at', 5_000)], abortMs: 60, code: 'aborted', attempts: 1 },
    'while it waits after an unknown outcome': { faults: [{ kind: 'status', status: 503, hint: 'retry_after_seconds', afterMs: 5_000 }], abortMs: 60, code: 'outcome_unknown', attempts: 1 },
  };
  for (const [phase, { faults, abortMs, code, attempts }] of Object.entries(phases)) {
    const { client } = open('truedy', { faults });
    const controller = new AbortController();
    if (abortMs === 0) controller.abort(reason);
    else setTimeout(() => controller.abort(reason), abortMs);
    const { error, ms } = await timed(createCall(client, CALL, { signal: controller.signal }));
    assert.deepEqual([error.code, error.attempts], [code, attempts], phase);
    assert.equal(error.cause, reason, phase);
    assert.ok(ms < 1_000, `${phase}: ${ms} ms`);
  }
});

test('an abort after the end changes nothing and leaves no listener', async () => {
  const { client } = open('truedy');
  const controller = new AbortController();
  const { signal } = controller;
  let listeners = 0;
  const counted = new Proxy(signal, {
    get(target, name) {
      const value = Reflect.get(target, name, target);
      if (typeof value !== 'function') return value;
      return (...args) => {
        listeners += { addEventListener: 1, removeEventListener: -1 }[name] ?? 0;
        return value.apply(target, args);
      };
    },
  });
  const call = await createCall(client, CALL, { signal: counted });
  controller.abort();
  assert.equal(call.status, 'queued');
  assert.equal(listeners, 0);
});

test('every attempt of a call has the same key, bytes and headers, through fetch and over a socket', async () => {
  const faults = [{ kind: 'cut_before', times: 1 }, { kind: 'status', status: 502, times: 1 }, { kind: 'garbage', times: 1 }];
  const { sandbox, client } = open('truedy', { faults });
  const server = await serveSandbox({ sandbox });
  try {
    for (const one of [client, clientAt('truedy', server.url)]) {
      sandbox.reset();
      await createCall(one, { ...CALL, variables: { b: 'ü', a: 1 } }, { maxRetries: 3 });
      const sent = sandbox.requests.map(({ method, url, headers, body }) => JSON.stringify({ method, url, headers, body }));
      assert.equal(sent.length, 4);
      assert.equal(new Set(sent).size, 1, sent.join('\n'));
      assert.match(sandbox.requests[0].headers['x-idempotency-key'], /^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/);
      assert.equal(sandbox.created.calls, 1);
    }
  } finally {
    await server.close();
  }
});

test('each call has a key of its own, unless the caller gives one', async () => {
  const { sandbox, client } = open('truedy');
  await createCall(client, CALL);
  await createCall(client, CALL);
  await createCall(client, CALL, { idempotencyKey: 'order-7' });
  const keys = sandbox.requests.map(({ headers }) => headers['x-idempotency-key']);
  assert.equal(new Set(keys).size, 3);
  assert.equal(keys[2], 'order-7');
});

test('two calls at once under one key are one request and one answer', async () => {
  for (const provider of ['truedy', 'thoughtly', 'kore']) {
    const { sandbox, client } = open(provider, { latencyMs: 20 });
    const ask = () => createCall(client, CALLS[provider], { idempotencyKey: 'order-7' });
    const [one, two] = await Promise.all([ask(), ask()]);
    assert.deepEqual(one, two);
    assert.deepEqual([sandbox.arrived[`${provider}.createCall`], sandbox.created.calls], [1, 1], provider);
  }
});

test('a second call with another input under a key that is on its way is refused as conflict', async () => {
  const { sandbox, client } = open('truedy', { latencyMs: 20 });
  const options = { idempotencyKey: 'order-7' };
  const first = createCall(client, CALL, options);
  const error = await failure(createCall(client, { ...CALL, phoneNumber: '+14155550199' }, options));
  assert.deepEqual([error.code, error.attempts, error.idempotencyKey], ['conflict', 0, 'order-7']);
  await first;
  assert.deepEqual(sandbox.rang, { [CALL.phoneNumber]: 1 });
  // Later it is the platform that refuses it.
  assert.equal((await failure(createCall(client, { ...CALL, phoneNumber: '+14155550199' }, options))).code, 'conflict');
  assert.equal(sandbox.created.calls, 1);
});

test('two clients, and calls without a key, do not share requests', async () => {
  const { sandbox, client } = open('truedy', { latencyMs: 5 });
  await Promise.all([createCall(client, CALL), createCall(client, CALL)]);
  assert.equal(sandbox.created.calls, 2);
});

test('resumeCall settles an unknown outcome on Truedy: done or not, one call exists afterwards', async () => {
  for (const kind of ['cut_before', 'cut_after']) {
    const { sandbox, client } = open('truedy', { faults: [{ ...LOST, kind }], config: { maxRetries: 0 } });
    const error = await failure(createCall(client, CALL));
    assert.deepEqual([error.code, error.attempts], ['outcome_unknown', 1]);
    const call = await resumeCall(client, error);
    assert.deepEqual([sandbox.calls.map(({ id }) => id), sandbox.created.calls], [[call.id], 1], kind);
    assert.equal(new Set(sandbox.requests.map(({ headers, body }) => headers['x-idempotency-key'] + body)).size, 1);
    // Once more is the same call again.
    assert.equal((await resumeCall(client, error)).id, call.id);
  }
});

test('a resumed call that fails is still unknown, whatever the platform says now, and can be resumed again', async () => {
  for (const status of [402, 404, 429, 500]) {
    const { sandbox, client } = open('truedy', { faults: [LOST, { kind: 'status', status, times: 1 }], config: { maxRetries: 0 } });
    const first = await failure(createCall(client, CALL));
    const second = await failure(resumeCall(client, first));
    assert.deepEqual([second.code, second.idempotencyKey], ['outcome_unknown', first.idempotencyKey], `${status}`);
    await resumeCall(client, second);
    assert.equal(sandbox.created.calls, 1);
  }
});

test('a resumed call that the caller\'s own rules refuse keeps its key, and rings once when they let it pass', async () => {
  let allow = true;
  const beforeCall = async () => ({ allow });
  for (const policy of [{ beforeCall }, { beforeCall: async () => (allow ? { allow } : Promise.reject(new Error('the list is down'))) }]) {
    allow = true;
    const { sandbox, client } = open('truedy', { faults: [LOST], config: { maxRetries: 0, policy } });
    const first = await failure(createCall(client, CALL));
    allow = false;
    const second = await failure(resumeCall(client, first));
    assert.deepEqual([second.code, second.idempotencyKey, second.attempts], ['outcome_unknown', first.idempotencyKey, 0]);
    const third = await failure(resumeCall(client, second, { signal: AbortSignal.abort() }));
    assert.deepEqual([third.code, third.idempotencyKey], ['outcome_unknown', first.idempotencyKey]);
    allow = true;
    await resumeCall(client, third);
    assert.deepEqual([sandbox.created.calls, Object.values(sandbox.rang)], [1, [1]]);
  }
});

test('a call that is resumed twice at once, and asked for beside that, is one request', async () => {
  const { sandbox, client } = open('truedy', { faults: [LOST], config: { maxRetries: 0 } });
  const error = await failure(createCall(client, CALL));
  const asked = [resumeCall(client, error), resumeCall(client, error), createCall(client, CALL, { idempotencyKey: error.idempotencyKey })];
  const ids = (await Promise.all(asked)).map(({ id }) => id);
  assert.deepEqual([new Set(ids).size, sandbox.requests.length, sandbox.created.calls], [1, 2, 1]);
});

test('who stopped waiting for a call that is on its way can resume it', async () => {
  const { sandbox, client } = open('truedy', { latencyMs: 100 });
  const first = createCall(client, CALL, { idempotencyKey: 'k' });
  const error = await failure(createCall(client, CALL, { idempotencyKey: 'k', signal: AbortSignal.timeout(10) }));
  assert.deepEqual([error.code, error.provider, error.idempotencyKey], ['outcome_unknown', 'truedy', 'k']);
  const ids = [(await resumeCall(client, error)).id, (await first).id];
  assert.deepEqual([new Set(ids).size, sandbox.requests.length], [1, 1]);
});

test('what was asked for under a key whose outcome is unknown waits, however it is asked for', async () => {
  const slow = { ...LOST, kind: 'never', processed: true };
  const { createClient } = outdial;
  const ways = {
    'a resumed call whose signal fired while it waited, resumed again': async (client, error) => {
      const broken = await failure(resumeCall(client, error, { signal: AbortSignal.timeout(20) }));
      assert.deepEqual([broken.code, broken.idempotencyKey], ['outcome_unknown', error.idempotencyKey]);
      return resumeCall(client, broken);
    },
    'a resumed call of another client': (client, error, joined, sandbox) => resumeCall(createClient({ ...CONFIGS.truedy, fetch: sandbox.fetch }), error),
    'the same call under its key': (client, { idempotencyKey }) => createCall(client, CALL, { idempotencyKey }),
    'the call of one who stopped waiting before the other did': (client, error, joined) => resumeCall(client, joined),
  };
  for (const [what, ask] of Object.entries(ways)) {
    const { sandbox, client } = open('truedy', { faults: [slow], config: { maxRetries: 0 } });
    const first = failure(createCall(client, CALL, { idempotencyKey: 'k', timeoutMs: 200 }));
    const joined = await failure(createCall(client, CALL, { idempotencyKey: 'k', signal: AbortSignal.timeout(50) }));
    const error = await first;
    const { value, ms } = await timed(ask(client, error, joined, sandbox));
    assert.ok(ms >= 185, `${what}: ${ms} ms`);
    assert.deepEqual([sandbox.calls.map(({ id }) => id), sandbox.requests.length], [[value.id], 2], what);
  }
});

test('who waits for a call of another is told of its own signal, time and options only', async () => {
  const slowRule = { beforeCall: () => sleep(100, { allow: true }) };
  for (const options of [{ timeoutMs: -1 }, { signal: AbortSignal.abort() }]) {
    const { sandbox, client } = open('truedy', { config: { policy: slowRule } });
    const first = failure(createCall(client, CALL, { ...options, idempotencyKey: 'k' }));
    const second = createCall(client, CALL, { idempotencyKey: 'k' });
    assert.equal((await first).attempts, 0);
    assert.equal((await second).status, 'queued');
    assert.equal(sandbox.requests.length, 1);
  }
  const { sandbox, client } = open('truedy', { config: { policy: slowRule } });
  const both = [10, 40].map((ms) => failure(createCall(client, CALL, { idempotencyKey: 'k', signal: AbortSignal.timeout(ms) })));
  assert.deepEqual((await Promise.all(both)).map(({ code }) => code), ['aborted', 'aborted']);
  assert.equal(sandbox.requests.length, 0);
});

test('who waits for a resumed call is not told of the signal of the other', async () => {
  const { sandbox, client } = open('truedy', { faults: [{ ...LOST, kind: 'never', processed: true }], config: { maxRetries: 0 } });
  const error = await failure(createCall(client, CALL, { idempotencyKey: 'k', timeoutMs: 150 }));
  const first = failure(resumeCall(client, error, { signal: AbortSignal.timeout(20) }));
  const others = [resumeCall(client, error), createCall(client, CALL, { idempotencyKey: 'k' })];
  assert.equal((await first).code, 'outcome_unknown');
  const ids = (await Promise.all(others)).map(({ id }) => id);
  assert.deepEqual([new Set(ids).size, sandbox.requests.length, sandbox.created.calls], [1, 2, 1]);
});

test('a rule that refuses is asked once for all who ask under one key', async () => {
  let asked = 0;
  const beforeCall = async () => (asked += 1, await sleep(10), { allow: false });
  const { sandbox, client } = open('truedy', { config: { policy: { beforeCall } } });
  const errors = await Promise.all(Array.from({ length: 20 }, () => failure(createCall(client, CALL, { idempotencyKey: 'k' }))));
  assert.ok(errors.every(({ code }) => code === 'not_allowed'));
  assert.deepEqual([asked, sandbox.requests.length], [1, 0]);
});

test('a signal that only says that it fired, and options that ask for the same call, ring nobody twice', async () => {
  const { sandbox, client } = open('truedy', { faults: [{ ...LOST, kind: 'never', processed: true }], config: { maxRetries: 0 } });
  const error = await failure(createCall(client, CALL, { idempotencyKey: 'k', timeoutMs: 150 }));
  const signal = new EventTarget();
  setTimeout(() => signal.dispatchEvent(new Event('abort')), 10);
  const { ms } = await timed(resumeCall(client, error, { signal }));
  assert.ok(ms >= 135, `${ms} ms`);
  let inner;
  const options = { idempotencyKey: 'again', get timeoutMs() { inner ??= createCall(client, CALL, { idempotencyKey: 'again' }); return 1_000; } };
  const outer = await createCall(client, CALL, options);
  assert.deepEqual([(await inner).id, sandbox.requests.length], [outer.id, 3]);
});

test('what was begun for another is not begun again: a contact of Thoughtly is made once', async () => {
  const { sandbox, client } = open('thoughtly', { latencyMs: 100 });
  const input = CALLS.thoughtly;
  const first = failure(createCall(client, input, { idempotencyKey: 'k', signal: AbortSignal.timeout(30) }));
  const second = failure(createCall(client, input, { idempotencyKey: 'k' }));
  assert.deepEqual([(await first).code, (await second).code, sandbox.requests.length], ['aborted', 'aborted', 1]);
});

test('a call that its first caller took back before it was sent is placed for the other who asked', async () => {
  for (const options of [{}, { signal: new AbortController().signal }]) {
    const { sandbox, client } = open('truedy', { config: { policy: { beforeCall: () => sleep(50, { allow: true }) } } });
    const first = failure(createCall(client, CALL, { idempotencyKey: 'k', signal: AbortSignal.timeout(10) }));
    const others = [1, 2].map(() => createCall(client, CALL, { idempotencyKey: 'k', ...options }));
    assert.equal((await first).code, 'aborted');
    const ids = (await Promise.all(others)).map(({ id }) => id);
    assert.deepEqual([new Set(ids).size, sandbox.requests.length], [1, 1]);
  }
});

test('a resumed call waits as long again as an attempt that may still be at work', async () => {
  const slow = { ...LOST, kind: 'never', processed: true };
  for (const [options, leastMs] of [[() => ({ timeoutMs: 150 }), 150], [() => ({ signal: AbortSignal.timeout(120) }), 120]]) {
    const { sandbox, client } = open('truedy', { faults: [slow], config: { maxRetries: 0 } });
    const error = await failure(createCall(client, CALL, options()));
    const { value, ms } = await timed(resumeCall(client, error));
    assert.ok(ms >= leastMs - 15, `${ms} ms of ${leastMs}`);
    assert.deepEqual([sandbox.calls.map(({ id }) => id), sandbox.created.calls], [[value.id], 1]);
  }
});

test('resumeCall refuses where a platform places a call per request, and errors that are settled', async () => {
  for (const provider of ['thoughtly', 'kore']) {
    const { sandbox, client } = open(provider, { faults: [LOST] });
    const error = await failure(createCall(client, CALLS[provider]));
    assert.equal(error.code, 'outcome_unknown');
    const { length } = sandbox.requests;
    assert.equal((await failure(resumeCall(client, error))).code, 'unsupported');
    assert.equal(sandbox.requests.length, length, 'nothing is sent');
  }
  const { client } = open('truedy', { faults: [{ kind: 'status', status: 402 }] });
  const settledError = await failure(createCall(client, CALL));
  for (const error of [settledError, new Error('no'), undefined]) assert.equal((await failure(resumeCall(client, error))).code, 'invalid_input');
});

/** Ways in which an attempt ends after 100 ms while the platform is still at it. */
const LEFT_BEHIND = {
  'a timeout': (sandbox) => sandbox.fetch,
  'a gateway that waits no longer': (sandbox) => (request) => Promise.race([sandbox.fetch(request), sleep(100).then(() => new Response('', { status: 504 }))]),
  'a gateway that says "now"': (sandbox) => (request) => Promise.race([sandbox.fetch(request), sleep(100).then(() => new Response('', { status: 504, headers: { 'retry-after': '0' } }))]),
  'a connection that is lost': (sandbox) => (request) => Promise.race([sandbox.fetch(request), sleep(100).then(() => Promise.reject(new TypeError('fetch failed')))]),
};

for (const [what, fetchOf] of Object.entries(LEFT_BEHIND)) {
  test(`after ${what} the next attempt waits as long again, since the platform may still be at work`, async () => {
    // This platform stores a key only when it has dialled, 150 ms after it looked it up.
    const { sandbox } = open('truedy', { strictKeys: false, latencyMs: 150 });
    const client = clientOf('truedy', { fetch: fetchOf(sandbox) }, { timeoutMs: what === 'a timeout' ? 100 : 1_000 });
    await Promise.all(Array.from({ length: 20 }, async (_, run) => {
      const phoneNumber = `+1415555${String(1000 + run)}`;
      const { error } = await settled(createCall(client, { ...CALL, phoneNumber }, { maxRetries: 1, totalTimeoutMs: 3_000 }));
      assert.deepEqual([error?.code, error?.attempts], ['outcome_unknown', 2]);
      assert.equal(sandbox.rang[phoneNumber], 1);
    }));
  });
}

test('what creates without a key is sent once where nobody can say whether it was done', async () => {
  for (const [provider, operation, run] of [
    ['truedy', 'createContact', (client) => createContact(client, CONTACTS.truedy)],
    ['kore', 'createContact', (client) => createContact(client, CONTACTS.kore)],
    ['thoughtly', 'createContact', (client) => createContact(client, CONTACTS.thoughtly)],
    ['kore', 'createCall', (client) => createCall(client, CALLS.kore)],
  ]) {
    const { sandbox, client } = open(provider, { faults: [{ kind: 'cut_after', times: 1 }], config: { maxRetries: 5 } });
    const error = await failure(run(client));
    assert.deepEqual([error.code, error.attempts, sandbox.arrived[`${provider}.${operation}`]], ['outcome_unknown', 1, 1]);
  }
});

test('maxRetries: none, the client\'s, or the operation\'s', async () => {
  for (const [config, options, posts] of [[{ maxRetries: 0 }, {}, 1], [{ maxRetries: 0 }, { maxRetries: 1 }, 2], [{ maxRetries: 1 }, { maxRetries: 0 }, 1]]) {
    const { sandbox, client } = open('truedy', { faults: [{ kind: 'status', status: 500 }], config });
    assert.equal((await failure(getCall(client, 'x', options))).attempts, posts);
    assert.equal(sandbox.requests.length, posts);
  }
});

test('a removal whose answer is lost is asked for again and counts as done; a bulk removal is not asked for twice', async () => {
  const { sandbox, client } = open('truedy', { calls: [{ id: 'old-1', status: 'completed' }, { id: 'old-2', status: 'completed' }] });
  sandbox.faults([{ kind: 'cut_after', times: 1 }]);
  assert.deepEqual((await deleteCall(client, 'old-1')).deletedIds, ['old-1']);
  assert.equal(sandbox.arrived['truedy.deleteCall'], 2);
  sandbox.faults([{ kind: 'cut_after', times: 1 }]);
  assert.equal((await failure(deleteCalls(client, ['old-2']))).code, 'network');
  assert.equal(sandbox.arrived['truedy.deleteCalls'], 1);
  sandbox.faults([]);
  assert.equal((await failure(deleteCall(client, 'old-1'))).code, 'not_found');
});

test('a redirect is not followed, so that no secret goes to another host', async () => {
  for (const provider of ['truedy', 'thoughtly', 'kore']) {
    for (const status of [301, 302, 303, 307, 308]) {
      const { sandbox, client } = open(provider, { faults: [{ kind: 'redirect', status }], config: { maxRetries: 0 } });
      const error = await failure(createContact(client, CONTACTS[provider]));
      assert.deepEqual([error.code, error.status], ['bad_response', status]);
      assert.ok(error.message.includes('https://elsewhere.example/collect'), error.message);
      assert.equal(sandbox.requests.length, 1);
    }
  }
});
