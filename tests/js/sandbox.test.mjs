import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import test from 'node:test';
import { createSandbox } from '../../pkg/sandbox/index.js';
import { BASE, dial, fixture, NUMBER, post, send } from './sandbox-support.mjs';

async function script(sandbox) {
  const answers = [await dial(sandbox), await post(sandbox, '/contacts', { phone_number: NUMBER })];
  sandbox.advance(3_000);
  return [...answers, await send(sandbox, { path: '/calls' })].map(({ body }) => body);
}

test('one seed gives one story, another seed another', async () => {
  const story = await script(createSandbox({ seed: 7 }));
  assert.deepEqual(await script(createSandbox({ seed: 7 })), story);
  assert.notDeepEqual(await script(createSandbox({ seed: 8 })), story);
});

test('reset goes back to the start', async () => {
  const sandbox = createSandbox({ calls: [{ status: 'ringing' }] });
  const planted = sandbox.calls;
  const story = await script(sandbox);
  sandbox.reset();
  assert.deepEqual([sandbox.requests, sandbox.calls, sandbox.contacts, sandbox.rang], [[], planted, [], {}]);
  assert.deepEqual(await script(sandbox), story);
});

test('every request is recorded as it came', async () => {
  const sandbox = createSandbox();
  const example = fixture('curl-create-call');
  await send(sandbox, example);
  await sandbox.fetch(new Request(`${BASE}/contacts`, { method: 'POST', body: 'not json' }));
  const [call, contact] = sandbox.requests;
  assert.deepEqual(call, {
    method: 'POST',
    url: example.url,
    headers: { authorization: 'Bearer YOUR_API_KEY', 'content-type': 'application/json', 'x-idempotency-key': example.headers['X-Idempotency-Key'] },
    body: JSON.stringify(example.body),
    json: example.body,
    at: '2026-03-03T20:30:21.310Z',
    provider: 'truedy',
    operation: 'createCall',
    status: 201,
    fault: null,
    processed: true,
    replayed: false,
    ignored: [],
    warnings: [],
  });
  assert.deepEqual([contact.body, 'json' in contact, contact.status], ['not json', false, 401]);
});

test('what the views give can be changed without changing the sandbox', async () => {
  const sandbox = createSandbox();
  await dial(sandbox);
  sandbox.requests[0].headers.authorization = 'gone';
  sandbox.calls[0].call_settings.recording_enabled = false;
  assert.equal(sandbox.requests[0].headers.authorization, 'Bearer truedy_test');
  assert.equal(sandbox.calls[0].call_settings.recording_enabled, true);
});

test('the masked view has the secret nowhere', async () => {
  const sandbox = createSandbox();
  const secret = 'truedy_4f9a8c7d6e5b4a39';
  await dial(sandbox, { variables: { note: `my key is ${secret}` } }, { Authorization: `Bearer ${secret}`, 'X-Copy': secret });
  assert.ok(!JSON.stringify(sandbox.maskedRequests).includes(secret));
  assert.equal(sandbox.maskedRequests[0].headers.authorization, 'Bearer ••••4a39');
  assert.ok(sandbox.requests[0].body.includes(secret));
  await dial(sandbox, {}, { Authorization: 'Bearer a' });
  assert.equal(sandbox.maskedRequests[1].headers.authorization, 'Bearer ••••');
  assert.equal(sandbox.maskedRequests[1].body, sandbox.requests[1].body);
});

test('an option that does not exist is refused by name, and so is a wrong value', () => {
  assert.throws(() => createSandbox({ fault: [] }), /unknown option "fault"/);
  const wrong = { seed: {}, clock: 'fast', startAt: 'now', latencyMs: -1, generation: 'new', apiKeys: 'x', agents: [], account: 'poor', calls: {}, rateLimit: true, strictKeys: 'no', keyLifetimeMs: 0, faults: {}, thoughtly: 1, kore: [] };
  for (const [name, value] of Object.entries(wrong)) assert.throws(() => createSandbox({ [name]: value }), new RegExp(`option "${name}"`));
  const within = { thoughtly: { teams: { t: 'x' }, interviews: 'x', refusals: '200', speed: 1 }, kore: { apps: { a: 1 }, enforceJti: 1, rateLimit: 0, jti: 1 } };
  for (const [vendor, members] of Object.entries(within)) {
    for (const [name, value] of Object.entries(members)) assert.throws(() => createSandbox({ [vendor]: { [name]: value } }), new RegExp(`option "${vendor}\\.${name}"`));
  }
  for (const list of [Array(3), Array(2 ** 32 - 1)]) {
    for (const name of ['apiKeys', 'calls']) assert.throws(() => createSandbox({ [name]: list }), new RegExp(`option "${name}"`));
    assert.throws(() => createSandbox({ faults: list }), /faults/);
  }
  assert.throws(() => createSandbox(null), TypeError);
  assert.throws(() => createSandbox().advance(-1), TypeError);
});

test('an aborted request is not served; one aborted while it waits is, and its answer is lost', async () => {
  const sandbox = createSandbox({ latencyMs: 20 });
  const reason = new Error('enough');
  await assert.rejects(sandbox.fetch(`${BASE}/calls`, { signal: AbortSignal.abort(reason) }), reason);
  assert.equal(sandbox.requests.length, 0);
  const controller = new AbortController();
  const waiting = assert.rejects(dialWith(sandbox, controller.signal), reason);
  setTimeout(() => controller.abort(reason), 5);
  await waiting;
  assert.deepEqual(sandbox.rang, { [NUMBER]: 1 });
});

const dialWith = (sandbox, signal) => send(sandbox, { ...fixture('curl-create-call') }, { signal });

test('an answer takes as long as latencyMs says', async () => {
  const sandbox = createSandbox({ latencyMs: 30 });
  const start = performance.now();
  await send(sandbox, { path: '/calls' });
  assert.ok(performance.now() - start >= 29);
});

test('the in-memory part imports nothing of Node', () => {
  const folder = new URL('../../pkg/sandbox/', import.meta.url);
  const files = readdirSync(folder, { recursive: true }).filter((name) => name.endsWith('.js') && name !== 'server.js');
  assert.ok(files.length > 10);
  for (const file of files) {
    const source = readFileSync(new URL(file, folder), 'utf8');
    for (const [, from] of source.matchAll(/^(?:import|export) .* from '([^']+)';$/gm)) assert.match(from, /^\.{1,2}\/(?!.*server)/, file);
    assert.doesNotMatch(source, /\bimport\(|^import\s*(?:\{\s*)?$|"node:|'node:/m, file);
    assert.doesNotMatch(source, /\b(?:process|Buffer|require|__dirname)\b/, file);
  }
});
