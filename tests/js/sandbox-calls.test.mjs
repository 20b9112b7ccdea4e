import assert from 'node:assert/strict';
import test from 'node:test';
import { createSandbox } from '../../pkg/sandbox/index.js';
import { dial, post, send } from './sandbox-support.mjs';

async function placed(sandbox, fields) {
  const { status, body } = await dial(sandbox, fields);
  assert.equal(status, 201);
  const path = `/calls/${body.data.id}`;
  return { first: body.data, path, look: async () => (await send(sandbox, { path })).body.data };
}

/** Every status that a call passes, looking twice a second. */
async function life(fields) {
  const sandbox = createSandbox({ rateLimit: false });
  const { first, look } = await placed(sandbox, fields);
  const seen = [first.status];
  let call = first;
  for (let ms = 0; ms < 90_000; ms += 500) {
    sandbox.advance(500);
    call = await look();
    if (call.status !== seen.at(-1)) seen.push(call.status);
  }
  return { seen, call, rang: sandbox.rang };
}

const LIVES = [
  ['+14155550123', ['queued', 'ringing', 'in_progress', 'completed'], 1],
  ['+14155550480', ['queued', 'ringing', 'no_answer'], 1],
  ['+14155550486', ['queued', 'ringing', 'busy'], 1],
  ['+14155550860', ['queued', 'ringing', 'in_progress', 'voicemail'], 1],
  ['+14155550404', ['queued', 'failed'], undefined],
  ['+14155550503', ['failed'], undefined],
];

for (const [phone_number, statuses, rings] of LIVES) {
  test(`a call to ${phone_number} goes ${statuses.join(' -> ')}`, async () => {
    const { seen, call, rang } = await life({ phone_number });
    assert.deepEqual(seen, statuses);
    assert.equal(rang[phone_number], rings);
    assert.notEqual(call.ended_at, null);
    assert.equal(call.started_at === null, !statuses.includes('in_progress'));
    assert.equal(Boolean(call.context.last_error), statuses.includes('failed'));
  });
}

test('max_duration ends the talk and is what is billed', async () => {
  const { call } = await life({ call_settings: { max_duration: '10s' } });
  assert.deepEqual([call.status, call.duration_seconds, call.cost_usd], ['completed', 10, 0.125]);
});

test('join_timeout shorter than the ringing is no answer', async () => {
  const { call } = await life({ call_settings: { join_timeout: '3s' } });
  assert.deepEqual([call.status, call.duration_seconds], ['no_answer', null]);
});

test('time does not pass by itself on the manual clock', async () => {
  const sandbox = createSandbox();
  const { first, look } = await placed(sandbox);
  assert.deepEqual(await look(), first);
});

test('a clock that is given drives the calls, and never runs backwards', async () => {
  let now = 1_000_000;
  const sandbox = createSandbox({ clock: () => now });
  const { look } = await placed(sandbox);
  now += 2_000;
  assert.equal((await look()).status, 'ringing');
  now -= 60_000;
  assert.equal(sandbox.now, 1_002_000);
  assert.equal((await look()).status, 'ringing');
});

test('the live clock is this machine\'s', async () => {
  const before = Date.now();
  const sandbox = createSandbox({ clock: 'live' });
  await placed(sandbox);
  const at = Date.parse(sandbox.requests[0].at);
  assert.ok(at >= before && at <= Date.now());
});

test('recording and transcript are 404 until the call has completed', async () => {
  const sandbox = createSandbox();
  const { path } = await placed(sandbox);
  const statuses = async () => [(await send(sandbox, { path: `${path}/recording` })).status, (await send(sandbox, { path: `${path}/transcript` })).status];
  assert.deepEqual(await statuses(), [404, 404]);
  sandbox.advance(30_000);
  assert.deepEqual(await statuses(), [404, 404]);
  sandbox.advance(60_000);
  assert.deepEqual(await statuses(), [200, 200]);
});

test('what was switched off before the end is never recorded or transcribed', async () => {
  const sandbox = createSandbox();
  const { path } = await placed(sandbox, { call_settings: { recording_enabled: false } });
  await patch(sandbox, path, { call_settings: { transcription_enabled: false } });
  sandbox.advance(90_000);
  await patch(sandbox, path, { call_settings: { recording_enabled: true, transcription_enabled: true } });
  assert.equal((await send(sandbox, { path: `${path}/recording` })).status, 404);
  assert.equal((await send(sandbox, { path: `${path}/transcript` })).status, 404);
  assert.equal((await send(sandbox, { path })).body.data.recording_url, null);
});

test('a voicemail is recorded and has no transcript', async () => {
  const sandbox = createSandbox();
  const { path } = await placed(sandbox, { phone_number: '+14155550860' });
  sandbox.advance(90_000);
  assert.equal((await send(sandbox, { path: `${path}/recording` })).status, 200);
  assert.equal((await send(sandbox, { path: `${path}/transcript` })).status, 404);
});

test('an active call cannot be deleted; once ended it can', async () => {
  const sandbox = createSandbox();
  const { path } = await placed(sandbox);
  const remove = () => send(sandbox, { method: 'DELETE', path });
  for (const ms of [0, 2_000, 10_000]) {
    sandbox.advance(ms);
    const { status, body } = await remove();
    assert.deepEqual([status, body.error.code], [422, 'validation_error']);
  }
  sandbox.advance(90_000);
  assert.equal((await remove()).status, 200);
  assert.equal((await remove()).status, 404);
  assert.deepEqual(sandbox.calls, []);
});

test('an update replaces the context and keeps last_error', async () => {
  const sandbox = createSandbox();
  const { first, path } = await placed(sandbox, { phone_number: '+14155550503' });
  await patch(sandbox, path, { context: { priority: 'high' } });
  const { body } = await patch(sandbox, path, { context: { owner: 'Jane' } });
  assert.deepEqual(body.data.context, { owner: 'Jane', last_error: first.context.last_error });
});

test('variables are kept as strings', async () => {
  const sandbox = createSandbox();
  await placed(sandbox, { variables: { name: 'Jane', age: 42, vip: true } });
  assert.deepEqual(sandbox.calls[0].variables, { name: 'Jane', age: '42', vip: 'true' });
});

test('a bulk delete counts an id once, however often it is named', async () => {
  const sandbox = createSandbox();
  const { first } = await placed(sandbox);
  sandbox.advance(90_000);
  const { body } = await post(sandbox, '/calls/bulk-delete', { ids: [first.id, first.id] });
  assert.deepEqual([body.data.deleted_count, body.data.failed_count], [1, 0]);
});

const patch = (sandbox, path, body) =>
  send(sandbox, { method: 'PATCH', path, headers: { Authorization: 'Bearer k', 'Content-Type': 'application/json' }, body });
