import assert from 'node:assert/strict';
import test from 'node:test';
import { checkPhones, createCall, createCalls, createClient, isOutdialError, parsePhone, resumeCall, validateContact } from '../../pkg/index.node.js';
import { readContactsCsv } from '../../pkg/csv.js';
import { handleJob } from '../../pkg/queue.js';
import { createSandbox } from '../../pkg/sandbox/index.js';
import { createRelay, toLambdaHandler, toNodeHandler } from '../../pkg/relay.js';
import { collect } from './support/bulk.mjs';
import { hostile, revoked, thrower, throwing, UNSENDABLE } from './support/hostile.mjs';
import { CALL, KEY, clientOf } from './support/outcome.mjs';
import { openRelay, post } from './support/relay.mjs';

const env = { outdial: { createClient } };
const VALUES = { 'a proxy that throws': hostile, 'a revoked proxy': revoked, 'a list that is revoked': () => revoked([]), null: () => null, 'a symbol': () => Symbol('s') };
const isInvalid = (error) => isOutdialError(error) && error.code === 'invalid_input' && error.issues.length > 0;

/** A signal of the caller's own making, of which `broken` throws. */
function signal(broken) {
  const made = { aborted: false, addEventListener(_, listener) { made.fire = listener; }, removeEventListener() {}, reason: undefined };
  return Object.defineProperty(made, broken, { get: thrower() });
}

for (const [what, make] of Object.entries(VALUES)) {
  test(`createRelay: ${what} wherever it stands is invalid_input, by name`, () => {
    assert.throws(() => createRelay(make()), isInvalid);
    // null is as good as nothing, and then what has a default is not missed.
    const names = make() === null ? ['client', 'allow', 'policy', 'authorize'] : ['client', 'allow', 'policy', 'authorize', 'origins', 'timeoutMs', 'raw'];
    for (const name of names) {
      const options = { client: clientOf(env), allow: ['createCall'], policy: { regions: ['US'] }, authorize: () => true, [name]: make() };
      assert.throws(() => createRelay(options), (error) => isInvalid(error) && (name === 'policy' || error.issues.every(({ path }) => path.startsWith(name))), name);
    }
  });

  test(`handleJob: ${what} wherever it stands is invalid_input, and nothing is sent`, async () => {
    const client = clientOf(env, { fetch: () => assert.fail('sent') });
    const store = { claim: () => assert.fail('stored'), put() {}, delete() {} };
    const job = { id: 'job-1', input: CALL };
    await assert.rejects(handleJob(client, make(), store), isInvalid);
    await assert.rejects(handleJob(client, { ...job, id: make() }, store), isInvalid);
    await assert.rejects(handleJob(client, job, make()), isInvalid);
    await assert.rejects(handleJob(client, job, { ...store, claim: make() }), isInvalid);
    if (make() !== null) await assert.rejects(handleJob(client, job, { ...store, claim: async () => make() }), isInvalid);
    const record = { state: 'started', operation: 'createCall', provider: 'truedy', attempts: [make()], startedAt: 1 };
    await assert.rejects(handleJob(client, job, { ...store, claim: async () => record }), isInvalid);
  });

  test(`readContactsCsv: ${what} as mapping, option or list of issues is invalid_input`, async () => {
    const rows = async (mapping, options) => (await collect(readContactsCsv('Phone\n1\n', mapping, options))).thrown;
    assert.ok(isInvalid(await rows(make())));
    assert.ok(isInvalid(await rows({ phoneNumber: make() })));
    assert.ok(isInvalid(await rows({ phoneNumber: 'Phone' }, { encoding: make() })) || make() === null);
    assert.ok(isInvalid(await rows({ phoneNumber: 'Phone' }, { validate: () => make() })));
  });

  test(`createClient: ${what} as the start of quiet hours is invalid_input`, () => {
    assert.throws(() => clientOf(env, { policy: { quietHours: { start: make(), end: '08:00' } } }), isInvalid);
  });

  test(`a relay answers JSON where it is handed ${what} as its request`, async () => {
    const response = await openRelay().relay(make());
    assert.deepEqual([response.status, JSON.parse(await response.text()).error.code], [500, 'internal']);
  });
}

test('lists of options that have no end are refused at once', () => {
  for (const what of ['an array of four thousand million holes', 'an array proxy with an endless length']) {
    const endless = UNSENDABLE[what];
    for (const options of [{ types: endless() }, { regions: endless() }]) {
      assert.throws(() => parsePhone('1', options), TypeError);
      assert.throws(() => checkPhones(['1'], options), TypeError);
    }
    for (const name of ['allow', 'origins']) assert.throws(() => openRelay({ [name]: endless() }), isInvalid);
  }
});

test('a signal that throws when it is asked why it fired ends a call that was joined, and a bulk run', async () => {
  let answer;
  const client = clientOf(env, { fetch: () => new Promise((resolve) => (answer = resolve)) });
  const first = createCall(client, CALL, { idempotencyKey: KEY });
  const broken = signal('reason');
  const joined = createCall(client, CALL, { idempotencyKey: KEY, signal: broken });
  await new Promise((resolve) => { setTimeout(resolve); });
  broken.fire();
  await assert.rejects(joined, { code: 'outcome_unknown' });
  for (const name of ['aborted', 'removeEventListener']) {
    const waiting = createCall(client, CALL, { idempotencyKey: KEY, signal: signal(name) });
    if (name === 'aborted') await assert.rejects(waiting, isInvalid);
  }
  answer(new Response('{"data":{"id":"call_1"}}', { status: 201 }));
  assert.equal((await first).id, 'call_1');

  const fired = Object.defineProperty({ aborted: true, addEventListener() {}, removeEventListener() {} }, 'reason', { get: thrower() });
  const { all, thrown } = await collect(createCalls(client, [CALL, CALL], { signal: fired }));
  assert.deepEqual([all.map(({ error }) => error.code), thrown], [['aborted', 'aborted'], undefined]);
});

test('an adapter answers JSON to what makes no request, and hands none of it on', async () => {
  const { relay, sandbox } = openRelay();
  const answered = { writeHead(status, headers) { return Object.assign(answered, { status, headers }); }, end(text) { answered.text = text; }, setHeader() {} };
  const request = { method: 'POST', url: '/api', headers: { host: 'shop.example', 'content-type': 'application/json' }, readableEnded: true, complete: true, socket: {} };
  for (const broken of [{ body: { a: 1n } }, { body: throwing('a') }, { headers: { host: 'a b' } }, { headers: { host: 'a', 'x-y': 'a\nb' } }, { method: 'TRACE' }]) {
    await toNodeHandler(relay)({ ...request, ...broken }, answered);
    assert.deepEqual([answered.status, answered.headers['content-type'], JSON.parse(answered.text).error.code], [400, 'application/json', 'invalid_input']);
  }
  const event = { rawPath: '/api', headers: { 'content-type': 'application/json' }, requestContext: { domainName: 'shop.example', http: { method: 'POST' } }, body: await post().text() };
  for (const broken of [{ requestContext: undefined }, { isBase64Encoded: true, body: '%' }, { headers: { 'a b': '1' } }, { requestContext: { domainName: 'a b', http: { method: 'POST' } } }]) {
    const { statusCode, body } = await toLambdaHandler(relay)({ ...event, ...broken });
    assert.deepEqual([statusCode, JSON.parse(body).error.code], [400, 'invalid_input']);
  }
  assert.deepEqual(sandbox.requests, []);
});

test('resumeCall: options that throw are invalid_input, and nothing is sent', async () => {
  let requests = 0;
  const lost = () => {
    requests += 1;
    throw new TypeError('lost');
  };
  const client = clientOf(env, { fetch: lost, maxRetries: 0 });
  const error = await createCall(client, CALL).catch((thrown) => thrown);
  assert.equal(error.code, 'outcome_unknown');
  await assert.rejects(resumeCall(client, error, hostile()), isInvalid);
  assert.equal(requests, 1);
});

test('what is no number of a row has no E.164, whatever it becomes as text', () => {
  const checked = checkPhones(['+14155552671']);
  assert.deepEqual([checked.e164(0), checked.e164([0]), checked.e164(new Array(2 ** 32 - 1)), checked.e164(1)], ['+14155552671', undefined, undefined, undefined]);
});

test('a sandbox takes no endless list of faults', () => {
  const endless = new Proxy([], { get: (list, name) => (name === 'length' ? 2 ** 40 : list[name]) });
  assert.throws(() => createSandbox({ faults: endless }), /faults may have 1000 rules at most/);
});

test('an object of more members than an input may have is one problem', () => {
  const members = Object.fromEntries(Array.from({ length: 200_001 }, (_, at) => [`member${at}`, 1]));
  assert.deepEqual(validateContact('truedy', { phoneNumber: '+14155552671', customFields: members }), [{ path: 'customFields', code: 'invalid_type', message: 'is too large' }]);
  assert.equal(validateContact('truedy', members)[0].message, 'is too large');
});
