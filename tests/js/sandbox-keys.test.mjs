import assert from 'node:assert/strict';
import test from 'node:test';
import { createSandbox } from '../../pkg/sandbox/index.js';
import { dial, NUMBER, post } from './sandbox-support.mjs';

const KEY = { 'X-Idempotency-Key': '8b7e6494-3839-49dc-9638-a1944fdd8cda' };

test('the same key and body bring the first answer back, byte for byte, and nothing rings again', async () => {
  const sandbox = createSandbox();
  const first = await dial(sandbox, {}, KEY);
  sandbox.advance(30_000);
  const second = await dial(sandbox, {}, KEY);
  assert.deepEqual([second.status, second.body], [first.status, first.body]);
  assert.deepEqual(sandbox.rang, { [NUMBER]: 1 });
  assert.equal(sandbox.calls.length, 1);
  assert.deepEqual(sandbox.requests.map(({ replayed }) => replayed), [false, true]);
});

test('an answer with status failed is brought back too', async () => {
  const sandbox = createSandbox();
  const fields = { phone_number: '+14155550503' };
  assert.deepEqual((await dial(sandbox, fields, KEY)).body, (await dial(sandbox, fields, KEY)).body);
  assert.equal(sandbox.calls.length, 1);
});

test('the same key with another body is 409 and dials nobody', async () => {
  const sandbox = createSandbox();
  await dial(sandbox, {}, KEY);
  const { status, body } = await dial(sandbox, { phone_number: '+14155550124' }, KEY);
  assert.deepEqual([status, body.error.code], [409, 'conflict']);
  assert.deepEqual(sandbox.rang, { [NUMBER]: 1 });
});

test('calls without a key are placed each time', async () => {
  const sandbox = createSandbox();
  await dial(sandbox);
  await dial(sandbox);
  assert.deepEqual(sandbox.rang, { [NUMBER]: 2 });
});

test('a key counts per API key', async () => {
  const sandbox = createSandbox();
  await dial(sandbox, {}, KEY);
  await dial(sandbox, {}, { ...KEY, Authorization: 'Bearer another' });
  assert.deepEqual(sandbox.rang, { [NUMBER]: 2 });
});

test('a refusal leaves its key free', async () => {
  const sandbox = createSandbox();
  assert.equal((await dial(sandbox, { phone_number: '+14155550502' }, KEY)).status, 502);
  assert.equal((await dial(sandbox, {}, KEY)).status, 201);
});

test('a key is forgotten after its lifetime', async () => {
  const sandbox = createSandbox({ keyLifetimeMs: 60_000 });
  await dial(sandbox, {}, KEY);
  sandbox.advance(59_999);
  await dial(sandbox, {}, KEY);
  assert.deepEqual(sandbox.rang, { [NUMBER]: 1 });
  sandbox.advance(1);
  await dial(sandbox, {}, KEY);
  assert.deepEqual(sandbox.rang, { [NUMBER]: 2 });
});

test('an empty key is 400', async () => assert.equal((await dial(createSandbox(), {}, { 'X-Idempotency-Key': '' })).status, 400));

test('a contact has no keys: it is created twice', async () => {
  const sandbox = createSandbox();
  for (const _ of [1, 2]) await post(sandbox, '/contacts', { phone_number: NUMBER }, KEY);
  assert.equal(sandbox.contacts.length, 2);
});

test('two requests at once under one key dial once, and both are answered alike', async () => {
  const sandbox = createSandbox({ latencyMs: 5 });
  const [one, two] = await Promise.all([dial(sandbox, {}, KEY), dial(sandbox, {}, KEY)]);
  assert.deepEqual(one.body, two.body);
  assert.deepEqual(sandbox.rang, { [NUMBER]: 1 });
});

test('without strictKeys two requests at once dial twice, one after the other once', async () => {
  const sandbox = createSandbox({ strictKeys: false });
  await Promise.all([dial(sandbox, {}, KEY), dial(sandbox, {}, KEY)]);
  assert.deepEqual(sandbox.rang, { [NUMBER]: 2 });
  await dial(sandbox, {}, KEY);
  assert.deepEqual(sandbox.rang, { [NUMBER]: 2 });
});

test('without strictKeys a changed header or body dials again, a new request id does not', async () => {
  const sandbox = createSandbox({ strictKeys: false });
  await dial(sandbox, {}, KEY);
  await dial(sandbox, {}, { ...KEY, 'X-Request-Id': '7', 'User-Agent': 'other' });
  assert.deepEqual(sandbox.rang, { [NUMBER]: 1 });
  await dial(sandbox, {}, { ...KEY, traceparent: '00-1-2-01' });
  assert.deepEqual(sandbox.rang, { [NUMBER]: 2 });
  await dial(sandbox, { variables: {} }, KEY);
  assert.deepEqual(sandbox.rang, { [NUMBER]: 3 });
});
