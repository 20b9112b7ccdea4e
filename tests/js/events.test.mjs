import assert from 'node:assert/strict';
import test from 'node:test';
import { FAULTS, OPERATIONS } from './support/matrix.mjs';
import { CALLS, CONFIGS, CONTACTS, failure, NUMBER, open, outdial, settled } from './support/platforms.mjs';

const { createCall, createContact, getCall } = outdial;
const FIELDS = ['type', 'provider', 'operation', 'attempt', 'phoneNumber', 'status', 'requestId', 'durationMs', 'delayMs', 'code'];

function listen(provider, { config, ...options } = {}) {
  const events = [];
  return { events, ...open(provider, { ...options, config: { ...config, onEvent: (event) => events.push(event) } }) };
}

/** The parts of events that do not depend on the clock. */
const told = (events) => events.map(({ type, operation, attempt, status, code }) => [type, operation, attempt, status ?? code].filter((part) => part !== undefined).join(' '));

test('a call that works is a request and a response', async () => {
  const { client, events } = listen('truedy');
  const call = await createCall(client, CALLS.truedy);
  assert.deepEqual(told(events), ['request createCall 1', 'response createCall 1 201']);
  const [request, response] = events;
  assert.deepEqual(request, { type: 'request', provider: 'truedy', operation: 'createCall', attempt: 1, phoneNumber: '+1•••••••123' });
  assert.equal(response.status, 201);
  assert.ok(response.durationMs >= 0);
  assert.deepEqual([request.phoneNumber, call.phoneNumber], ['+1•••••••123', NUMBER]);
});

test('each attempt, each wait and the end of a failure are told in order', async () => {
  const { client, events } = listen('truedy', { faults: [{ kind: 'status', status: 502, times: 1 }, { kind: 'cut_after' }], config: { maxRetries: 1 } });
  const error = await failure(createCall(client, CALLS.truedy));
  assert.deepEqual(told(events), ['request createCall 1', 'response createCall 1 502', 'retry createCall 1 outcome_unknown', 'request createCall 2', 'failure createCall 2 outcome_unknown']);
  const [, response, retry, , end] = events;
  assert.ok(retry.delayMs >= 0 && retry.delayMs <= 500, `${retry.delayMs}`);
  assert.ok(response.durationMs >= 0 && end.durationMs >= retry.delayMs, `${end.durationMs}`);
  assert.equal(end.code, error.code);
});

test('a failure names the status and the request as the error does', async () => {
  const { client, events } = listen('truedy');
  const error = await failure(getCall(client, 'nobody'));
  const end = events.at(-1);
  assert.deepEqual([end.type, end.status, end.requestId, end.code], ['failure', 404, error.requestId, 'not_found']);
  assert.ok(error.requestId);
  assert.equal(end.phoneNumber, undefined);
});

test('what is never sent is a failure of attempt 0', async () => {
  const { client, events } = listen('truedy');
  await failure(createCall(client, { phoneNumber: 'no' }));
  assert.deepEqual(told(events), ['failure createCall 0 invalid_input']);
});

test('both steps of a call by number are told as one operation', async () => {
  const { client, events } = listen('thoughtly');
  await createCall(client, CALLS.thoughtly);
  assert.deepEqual(told(events), ['request createCall 1', 'response createCall 1 200', 'request createCall 2', 'response createCall 2 200']);
  assert.deepEqual(new Set(events.map(({ phoneNumber }) => phoneNumber)), new Set(['+1•••••••123']));
});

test('a refused token and the next one are told without either', async () => {
  const { client, events } = listen('kore', { kore: { apps: { 'cs-1': 's' } }, config: { auth: async () => 'hush.hush.hush' } });
  await failure(createContact(client, CONTACTS.kore));
  assert.deepEqual(told(events), ['request createContact 1', 'response createContact 1 401', 'retry createContact 1 unauthorized', 'request createContact 2', 'response createContact 2 401', 'failure createContact 2 401']);
  assert.ok(!JSON.stringify(events).includes('hush'));
});

test('no event of any fault holds a secret, a body, a key or a whole number, and the fields are those promised', async () => {
  const rows = FAULTS.filter(({ fault }) => fault.kind !== 'huge_body').flatMap(({ fault }) => Object.values(OPERATIONS).map((operation) => ({ fault, operation })));
  let count = 0;
  await Promise.all(rows.map(async ({ fault, operation }) => {
    const { provider, prepare, struck, run } = operation;
    const { sandbox, client, events } = listen(provider, { config: { timeoutMs: 500, maxRetries: 1 } });
    const ready = await prepare?.(client);
    sandbox.faults([{ on: { operation: struck }, ...fault }]);
    const { error } = await settled(run(client, {}, ready));
    const text = JSON.stringify(events);
    const secrets = [NUMBER.slice(2), 'hush', 'Jane', 'Doe', 'elsewhere.example', '4155550100', error?.idempotencyKey, ...sandbox.requests.map(({ headers }) => headers.auth)];
    for (const secret of secrets.filter(Boolean)) assert.ok(!text.includes(secret), `${secret} in ${text}`);
    for (const event of events) {
      assert.deepEqual(Object.keys(event).filter((name) => !FIELDS.includes(name)), []);
      assert.ok(event.phoneNumber === undefined || /^\+1•+123$/.test(event.phoneNumber), event.phoneNumber);
    }
    const ends = events.filter(({ type }) => type === 'failure').length;
    assert.equal(ends, error ? 1 : 0);
    count += events.length;
  }));
  assert.ok(count > rows.length, `${count} events`);
});

test('a number is masked to its calling code and three digits, and holds no letter', async () => {
  for (const [phoneNumber, masked] of [['+35799123456', '+357•••••456'], ['+79161234567', '+7•••••••567'], ['+442079460123', '+44•••••••123'], ['+2901234', '+290•234'], ['+290123', undefined]]) {
    const { client, events } = listen('truedy');
    await settled(createContact(client, { phoneNumber }));
    if (masked) assert.equal(events[0].phoneNumber, masked);
    for (const event of events) assert.doesNotMatch(event.phoneNumber ?? '', /\p{L}/u);
  }
});

test('a listener that throws, rejects or is slow harms nothing', async () => {
  const listeners = [() => { throw new Error('boom'); }, () => { throw undefined; }, async () => {}, () => new Promise(() => {}), (event) => Object.assign(event, { attempt: 99, type: 'x' }), (event) => Object.freeze(event)];
  for (const onEvent of listeners) {
    const { sandbox, client } = open('truedy', { faults: [{ kind: 'status', status: 500, times: 1 }], config: { onEvent } });
    assert.equal((await createCall(client, CALLS.truedy)).status, 'queued');
    assert.equal(sandbox.created.calls, 1);
  }
});

test('a listener that rejects raises no unhandled rejection', async (t) => {
  const unhandled = [];
  const hear = (reason) => unhandled.push(reason);
  process.on('unhandledRejection', hear);
  t.after(() => process.off('unhandledRejection', hear));
  const { client } = open('truedy', { config: { onEvent: async () => { throw new Error('boom'); } } });
  await createCall(client, CALLS.truedy);
  await new Promise((resolve) => { setTimeout(resolve, 20); });
  assert.deepEqual(unhandled, []);
});

test('a listener may ask the package itself', async () => {
  const inner = [];
  const { sandbox, client } = open('truedy', { config: { onEvent: ({ type, operation }) => {
    if (type === 'request' && operation === 'createCall') inner.push(getCall(client, 'nobody', { maxRetries: 0 }).catch((error) => error.code));
  } } });
  await createCall(client, CALLS.truedy);
  assert.deepEqual(await Promise.all(inner), ['not_found']);
  assert.equal(sandbox.created.calls, 1);
});

test('a listener that is no function is refused', () => {
  assert.throws(() => outdial.createClient({ ...CONFIGS.truedy, onEvent: 'log' }), { code: 'invalid_input' });
});
