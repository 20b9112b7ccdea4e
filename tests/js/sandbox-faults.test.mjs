import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { once } from 'node:events';
import test from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { createSandbox } from '../../pkg/sandbox/index.js';
import { serveSandbox } from '../../pkg/sandbox/server.js';
import { ask, dial, NUMBER, REQUESTS } from './sandbox-support.mjs';

const CALL = 'truedy.createCall';

/** Both faces of a sandbox with these options: `[{ name, sandbox, call(init) }]`. */
async function faces(t, options) {
  const direct = createSandbox(options);
  const server = await serveSandbox(options);
  t.after(server.close);
  const { url, headers, body } = REQUESTS[CALL];
  const init = (more) => ({ method: 'POST', headers, body: JSON.stringify(body), ...more });
  return [
    { name: 'fetch', sandbox: direct, call: (more) => direct.fetch(url, init(more)) },
    { name: 'fetch with a Request', sandbox: createSandbox(options), call(more) { return this.sandbox.fetch(new Request(url, init(more))); } },
    { name: 'HTTP', sandbox: server.sandbox, call: (more) => fetch(server.url + new URL(url).pathname, init(more)) },
  ];
}

/** A test of one fault through every face. */
function testFault(name, fault, check, options) {
  test(`${name}, through every face`, async (t) => {
    for (const face of await faces(t, { ...options, faults: [].concat(fault) })) await t.test(face.name, () => check(face));
  });
}

const assertCounts = ({ sandbox }, arrived, calls) =>
  assert.deepEqual([sandbox.arrived[CALL], sandbox.created.calls, sandbox.rang], [arrived, calls, calls > 0 ? { [NUMBER]: calls } : {}]);

/** A request has arrived, and what is done at once is done. */
async function arrival({ sandbox }) {
  while (sandbox.requests.length === 0) await sleep(2);
  await sleep(20);
}

// What the two faces have in common: the error of a lost connection, without its runtime's own cause.
const isLost = (error) => error instanceof TypeError;

async function answered(face, status, type = 'application/json') {
  const response = await face.call();
  assert.equal(response.status, status);
  assert.equal(response.headers.get('content-type'), type);
  return { response, text: await response.text() };
}

for (const status of [500, 502, 503, 429]) {
  for (const processed of [false, true]) {
    testFault(`status ${status} ${processed ? 'after' : 'without'} the call`, { kind: 'status', status, processed }, async (face) => {
      const { response, text } = await answered(face, status);
      assert.equal(response.headers.get('retry-after'), null);
      const { error, meta } = JSON.parse(text);
      assert.deepEqual([typeof error.code, typeof error.message, error.details, typeof meta.request_id], ['string', 'string', undefined, 'string']);
      assertCounts(face, 1, processed ? 1 : 0);
      const [request] = face.sandbox.requests;
      assert.deepEqual([request.fault, request.processed, request.status], ['status', processed, status]);
    });
  }
}

for (const status of [429, 503]) {
  testFault(`status ${status} with Retry-After in seconds`, { kind: 'status', status, hint: 'retry_after_seconds', afterMs: 1_500 }, async (face) => {
    const { response } = await answered(face, status);
    assert.equal(response.headers.get('retry-after'), '2');
  });

  testFault(`status ${status} with Retry-After as a date`, { kind: 'status', status, hint: 'retry_after_date', afterMs: 5_000 }, async (face) => {
    const { response } = await answered(face, status);
    assert.equal(response.headers.get('date'), 'Tue, 03 Mar 2026 20:30:21 GMT');
    assert.equal(response.headers.get('retry-after'), 'Tue, 03 Mar 2026 20:30:27 GMT');
  });
}

testFault('status 429 with Truedy\'s reset_at', { kind: 'status', status: 429, hint: 'reset_at', afterMs: 5_000 }, async (face) => {
  const { response, text } = await answered(face, 429);
  const { code, details } = JSON.parse(text).error;
  assert.deepEqual([code, details], ['rate_limit_exceeded', { limit: 100, reset_at: '2026-03-03T20:30:26.310000Z' }]);
  assert.equal(response.headers.get('retry-after'), null);
});

for (const [kind, calls] of [['cut_before', 0], ['cut_after', 1]]) {
  testFault(`${kind} leaves ${calls} calls and no answer`, { kind }, async (face) => {
    await assert.rejects(face.call(), isLost);
    assertCounts(face, 1, calls);
    assert.equal(face.sandbox.requests[0].status, null);
  });
}

testFault('cut_during sends the head, then half a body, then cuts', { kind: 'cut_during' }, async (face) => {
  const response = await face.call();
  assert.equal(response.status, 201);
  const decoder = new TextDecoder();
  let text = '';
  await assert.rejects(async () => {
    for await (const chunk of response.body) text += decoder.decode(chunk, { stream: true });
  }, isLost);
  assert.match(text, /^\{"data":\{"id":/);
  assertCounts(face, 1, 1);
});

for (const processed of [true, false]) {
  testFault(`never answers ${processed ? 'after' : 'without'} the call, until it is aborted`, { kind: 'never', processed }, async (face) => {
    const controller = new AbortController();
    const reason = new Error('enough');
    const waiting = face.call({ signal: controller.signal });
    waiting.catch(() => {});
    await arrival(face);
    assertCounts(face, 1, processed ? 1 : 0);
    controller.abort(reason);
    await assert.rejects(waiting, reason);
  });
}

test('an abort is heard through a Request of which nobody keeps hold', async () => {
  setFlagsFromString('--expose-gc');
  const collectGarbage = runInNewContext('gc');
  const { url, headers, body } = REQUESTS[CALL];
  for (const kind of ['never', 'stall', 'slow']) {
    const sandbox = createSandbox({ faults: [{ kind }] });
    const controller = new AbortController();
    const request = () => new Request(url, { method: 'POST', headers, body: JSON.stringify(body), signal: controller.signal });
    const waiting = sandbox.fetch(request()).then((response) => response.text());
    await sleep(10);
    collectGarbage();
    await sleep(10);
    collectGarbage();
    const reason = new Error('enough');
    controller.abort(reason);
    await assert.rejects(Promise.race([waiting, sleep(500, 'the abort was not heard')]), reason, kind);
  }
});

testFault('stall sends the head and half a body, then nothing until it is aborted', { kind: 'stall' }, async (face) => {
  const controller = new AbortController();
  const reason = new Error('enough');
  const response = await face.call({ signal: controller.signal });
  assert.equal(response.status, 201);
  const reading = response.text();
  setTimeout(() => controller.abort(reason), 40);
  await assert.rejects(reading, reason);
  assertCounts(face, 1, 1);
});

for (const processed of [true, false]) {
  testFault(`slow answers after ms, ${processed ? 'having placed the call at once' : 'and places the call then'}`, { kind: 'slow', ms: 60, processed }, async (face) => {
    const start = performance.now();
    const waiting = face.call();
    await sleep(30);
    if (performance.now() - start < 55) assert.equal(face.sandbox.created.calls, processed ? 1 : 0);
    assert.equal((await waiting).status, 201);
    assert.ok(performance.now() - start >= 59);
    assertCounts(face, 1, 1);
  });

  testFault(`slow is ended by an abort${processed ? '' : ', and then places no call'}`, { kind: 'slow', ms: 150, processed }, async (face) => {
    const controller = new AbortController();
    const reason = new Error('enough');
    const waiting = assert.rejects(face.call({ signal: controller.signal }), reason);
    await arrival(face);
    controller.abort(reason);
    await waiting;
    await sleep(160);
    assertCounts(face, 1, processed ? 1 : 0);
  });
}

testFault('garbage is a success that is not JSON', { kind: 'garbage' }, async (face) => {
  const { text } = await answered(face, 201);
  assert.throws(() => JSON.parse(text), SyntaxError);
  assertCounts(face, 1, 1);
});

testFault('garbage may be any text and status, with nothing done', { kind: 'garbage', text: 'ok\n', status: 200, processed: false }, async (face) => {
  assert.equal((await answered(face, 200)).text, 'ok\n');
  assertCounts(face, 1, 0);
});

testFault('half_body is a whole message with half of the JSON', { kind: 'half_body' }, async (face) => {
  const { text } = await answered(face, 201);
  assert.match(text, /^\{"data":\{"id":/);
  assert.throws(() => JSON.parse(text), SyntaxError);
  assertCounts(face, 1, 1);
});

testFault('huge_body is as long as it says', { kind: 'huge_body', bytes: 3_000_000 }, async (face) => {
  const { text } = await answered(face, 201);
  assert.deepEqual([text.length, JSON.parse(text).data.status], [3_000_000, 'queued']);
  assertCounts(face, 1, 1);
});

testFault('a huge_body need not be read to its end', { kind: 'huge_body', bytes: 1e12 }, async (face) => {
  const controller = new AbortController();
  const response = await face.call({ signal: controller.signal });
  const reader = response.body.getReader();
  for (let count = 0; count < 10; count += 1) assert.equal((await reader.read()).done, false);
  const reason = new Error('enough');
  controller.abort(reason);
  await assert.rejects(async () => { for (;;) await reader.read(); }, reason);
});

testFault('html is an error page', { kind: 'html' }, async (face) => {
  const { text } = await answered(face, 502, 'text/html; charset=utf-8');
  assert.match(text, /^<!DOCTYPE html>/);
  assertCounts(face, 1, 0);
});

testFault('html may be a success, after the call', { kind: 'html', status: 200, processed: true }, async (face) => {
  await answered(face, 200, 'text/html; charset=utf-8');
  assertCounts(face, 1, 1);
});

testFault('wrong_content_type has the right body', { kind: 'wrong_content_type' }, async (face) => {
  const { text } = await answered(face, 201, 'text/plain; charset=utf-8');
  assert.equal(JSON.parse(text).data.status, 'queued');
});

for (const json of [{ message: 'OK' }, null, [], { data: null }, 'ok']) {
  testFault(`wrong_shape is a success with ${JSON.stringify(json)}`, { kind: 'wrong_shape', json }, async (face) => {
    assert.deepEqual(JSON.parse((await answered(face, 201)).text), json);
    assertCounts(face, 1, 1);
  });
}

for (const status of [301, 302, 303, 307, 308]) {
  testFault(`redirect ${status} names another host`, { kind: 'redirect', status }, async (face) => {
    const response = await face.call({ redirect: 'manual' });
    assert.deepEqual([response.status, response.headers.get('location')], [status, 'https://elsewhere.example/collect']);
    assertCounts(face, 1, 0);
    await assert.rejects(face.call({ redirect: 'error' }), isLost);
  });
}

test('what follows a redirect shows its headers to the other host, as fetch does', async (t) => {
  const seen = [];
  const elsewhere = createServer((incoming, outgoing) => {
    seen.push({ method: incoming.method, headers: incoming.headers });
    outgoing.writeHead(404).end();
  }).listen(0, '127.0.0.1');
  await once(elsewhere, 'listening');
  t.after(() => elsewhere.close());
  const location = `http://127.0.0.1:${elsewhere.address().port}/collect`;
  for (const status of [302, 307]) {
    for (const { name, sandbox, call } of (await faces(t, { faults: [{ kind: 'redirect', status, location }] })).filter(({ name }) => name !== 'fetch with a Request')) {
      const headers = { ...REQUESTS[CALL].headers, 'x-secret': 'shown' };
      assert.equal((await call({ headers })).status, 404);
      const followed = name === 'HTTP' ? seen.pop() : sandbox.requests[1];
      assert.equal(followed.method, status === 302 ? 'GET' : 'POST');
      assert.deepEqual([followed.headers.authorization, followed.headers['x-secret']], [undefined, 'shown']);
      if (name !== 'HTTP') assert.deepEqual([followed.url, followed.provider, sandbox.requests.length], [location, null, 2]);
      assert.equal(sandbox.created.calls, 0);
    }
  }
});

test('a redirect to another host places no call there, even at the vendor\'s path', async () => {
  const sandbox = createSandbox({ faults: [{ kind: 'redirect', location: 'https://elsewhere.example/api/public/v1/calls' }] });
  assert.equal((await ask(sandbox, CALL)).status, 404);
  assert.deepEqual([sandbox.created.calls, sandbox.arrived], [0, { [CALL]: 1 }]);
});

test('every vendor\'s failure has its own shape', async () => {
  const sandbox = createSandbox({ faults: [{ kind: 'status', status: 502 }] });
  const bodies = [];
  for (const name of ['truedy.createContact', 'thoughtly.createContact', 'kore.createContact']) bodies.push((await ask(sandbox, name)).body);
  const [truedy, thoughtly, kore] = bodies;
  assert.equal(truedy.error.code, 'provider_error');
  assert.deepEqual([thoughtly.data, typeof thoughtly.error.message], [{}, 'string']);
  assert.equal(kore.errors[0].code, 502);
  assert.deepEqual(sandbox.created, { calls: 0, contacts: 0, truedy: { calls: 0, contacts: 0 }, thoughtly: { calls: 0, contacts: 0 }, kore: { calls: 0, contacts: 0 } });
  assert.deepEqual(sandbox.arrived, { 'truedy.createContact': 1, 'thoughtly.createContact': 1, 'kore.createContact': 1 });
});

test('a call whose answer was lost is brought back under its key', async () => {
  const sandbox = createSandbox({ faults: [{ kind: 'cut_after', times: 1 }] });
  const key = { 'X-Idempotency-Key': 'k' };
  await assert.rejects(dial(sandbox, {}, key), isLost);
  assert.equal((await dial(sandbox, {}, key)).status, 201);
  assertCounts({ sandbox }, 2, 1);
});

/** The faults of n requests: a kind, or null. */
async function strikes(sandbox, n, name = CALL) {
  for (let count = 0; count < n; count += 1) await ask(sandbox, name).catch(() => {});
  return sandbox.requests.slice(-n).map(({ fault }) => fault);
}

test('skip lets requests pass, times ends the fault, and the first rule that strikes decides', async () => {
  const faults = [{ kind: 'html', skip: 1, times: 2 }, { kind: 'garbage', times: 1 }];
  assert.deepEqual(await strikes(createSandbox({ faults }), 5), ['garbage', 'html', 'html', null, null]);
});

test('on chooses by provider, operation, method and path', async () => {
  const rows = [
    [{ provider: 'truedy' }, true], [{ provider: 'kore' }, false],
    [{ operation: 'createCall' }, true], [{ operation: 'createContact' }, false],
    [{ method: 'POST' }, true], [{ method: 'GET' }, false],
    [{ path: '/api/public/v1/calls' }, true], [{ path: '/calls' }, false], [{ path: /\/calls$/g }, true],
    [{ provider: 'truedy', operation: 'getCall' }, false], [{}, true],
  ];
  for (const [on, struck] of rows) {
    assert.deepEqual(await strikes(createSandbox({ faults: [{ on, kind: 'html' }] }), 2), struck ? ['html', 'html'] : [null, null], JSON.stringify(on));
  }
});

test('faults can be set and lifted at run time; reset goes back to those of the start', async () => {
  const sandbox = createSandbox({ faults: [{ kind: 'html', times: 1 }] });
  assert.deepEqual(await strikes(sandbox, 2), ['html', null]);
  sandbox.faults([{ kind: 'garbage' }]);
  assert.deepEqual(await strikes(sandbox, 1), ['garbage']);
  sandbox.faults([]);
  assert.deepEqual(await strikes(sandbox, 1), [null]);
  sandbox.reset();
  assert.deepEqual([sandbox.arrived, sandbox.created.calls], [{}, 0]);
  assert.deepEqual(await strikes(sandbox, 2), ['html', null]);
});

test('a rate strikes about as often as it says, the same for the same seed', async () => {
  const run = (seed) => strikes(createSandbox({ seed, rateLimit: false, faults: [{ kind: 'html', rate: 0.3 }] }), 1_000);
  const first = await run(1);
  const count = first.filter(Boolean).length;
  assert.ok(count > 250 && count < 350, String(count));
  assert.deepEqual(await run(1), first);
  assert.notDeepEqual(await run(2), first);
  assert.ok((await strikes(createSandbox({ faults: [{ kind: 'html', rate: 0 }] }), 50)).every((fault) => fault === null));
});

test('random faults are dealt from their kinds, the same for the same seed', async () => {
  const kinds = ['cut_before', 'cut_after', { kind: 'status', status: 429 }, 'garbage', { kind: 'slow', ms: 0 }];
  const run = async (seed) => {
    const sandbox = createSandbox({ seed, rateLimit: false, faults: [{ kind: 'random', rate: 0.5, kinds }] });
    return { dealt: await strikes(sandbox, 500), created: sandbox.created.calls };
  };
  const first = await run('a');
  const count = (kind) => first.dealt.filter((fault) => fault === kind).length;
  for (const kind of ['cut_before', 'cut_after', 'status', 'garbage', 'slow']) assert.ok(count(kind) > 25 && count(kind) < 80, `${kind} ${count(kind)}`);
  assert.equal(first.created, 500 - count('cut_before') - count('status'));
  assert.deepEqual(await run('a'), first);
  assert.notDeepEqual(await run('b'), first);
});

test('reset with a seed is a new sandbox of that seed', async () => {
  const faults = [{ kind: 'random', rate: 0.5, kinds: ['cut_before', 'cut_after'] }];
  const story = async (sandbox) => [await strikes(sandbox, 30), sandbox.calls.map(({ id }) => id)];
  const sandbox = createSandbox({ seed: 1, faults });
  const first = await story(sandbox);
  sandbox.reset({ seed: 2 });
  assert.deepEqual(await story(sandbox), await story(createSandbox({ seed: 2, faults })));
  sandbox.reset();
  assert.deepEqual(await story(sandbox), first);
  assert.throws(() => sandbox.reset({ seed: {} }), TypeError);
});

test('faults change no id', async () => {
  const ids = async (faults) => {
    const sandbox = createSandbox({ faults });
    await strikes(sandbox, 3);
    return sandbox.calls.map(({ id }) => id);
  };
  assert.deepEqual(await ids([{ kind: 'random', rate: 0.5, kinds: ['wrong_shape', 'huge_body'] }]), await ids([]));
});

const WRONG = [
  [{}, /faults must be a list/],
  [[null], /faults\[0\] must be an object/],
  [[{ kind: 'cut' }], /faults\[0\]\.kind must be one of status, cut_before/],
  [[{ kind: 'toString' }], /kind must be one of/],
  [[{ kind: ['slow'] }], /kind must be one of/],
  [[{ kind: 'random', kinds: Array(1_001).fill('slow') }], /kinds may have 1000 kinds at most/],
  [[{ kind: 'slow' }, { kind: 'slow', delay: 1 }], /faults\[1\] has an unknown member "delay"/],
  [[{ kind: 'slow', ms: -1 }], /ms must be/],
  [[{ kind: 'status', status: 200 }], /status must be/],
  [[{ kind: 'html', status: 204 }], /status must be/],
  [[{ kind: 'status', hint: 'soon' }], /hint must be one of/],
  [[{ kind: 'redirect', status: 304 }], /status must be/],
  [[{ kind: 'huge_body', bytes: 0 }], /bytes must be/],
  [[{ kind: 'html', rate: 2 }], /rate must be/],
  [[{ kind: 'html', rate: ['1'] }], /rate must be/],
  [[{ kind: 'html', times: 1.5 }], /times must be/],
  [[{ kind: 'html', skip: -1 }], /skip must be/],
  [[{ kind: 'html', on: { host: 'x' } }], /on has an unknown member "host"/],
  [[{ kind: 'html', on: { method: /x/ } }], /on\.method must be a text/],
  [[{ kind: 'html', processed: 'yes' }], /processed must be true or false/],
  [[{ kind: 'cut_before', processed: true }], /processed cannot be true for cut_before/],
  [[{ kind: 'cut_after', processed: false }], /processed cannot be false for cut_after/],
  [[{ kind: 'html', kinds: ['slow'] }], /unknown member "kinds"/],
  [[{ kind: 'random' }], /kinds must be a list/],
  [[{ kind: 'random', kinds: ['random'] }], /kinds\[0\]\.kind must be one of/],
  [[{ kind: 'random', kinds: [{ kind: 'slow', rate: 1 }] }], /unknown member "rate"/],
  [[{ kind: 'random', kinds: ['slow'], ms: 5 }], /of kind random has no "ms"/],
];
for (const [faults, message] of WRONG) {
  test(`the faults ${JSON.stringify(faults)} are refused`, () => {
    if (Array.isArray(faults)) assert.throws(() => createSandbox({ faults }), { name: 'TypeError', message });
    const sandbox = createSandbox();
    assert.throws(() => sandbox.faults(faults), { name: 'TypeError', message });
  });
}

test('a server that is closed leaves nothing behind that would keep the process alive', async () => {
  for (const fault of [{ kind: 'slow', ms: 60_000 }, { kind: 'slow', ms: 60_000, processed: false }, { kind: 'never' }, { kind: 'stall' }]) {
    const server = await serveSandbox({ faults: [fault] });
    const { headers, body } = REQUESTS[CALL];
    const waiting = fetch(`${server.url}/api/public/v1/calls`, { method: 'POST', headers, body: JSON.stringify(body) }).then((response) => response.text());
    const lost = assert.rejects(waiting, isLost);
    while (server.sandbox.requests.length === 0) await sleep(2);
    await server.close();
    await lost;
    // The abort of the timer runs when the socket's close is told. (This loop's own timer is over when it looks.)
    const timers = () => process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length;
    for (let tries = 0; timers() > 0 && tries < 200; tries += 1) await sleep(10);
    assert.equal(timers(), 0, fault.kind);
  }
});
