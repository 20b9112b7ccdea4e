import assert from 'node:assert/strict';
import { inspect } from 'node:util';
import test from 'node:test';
import { createCall, createClient, createContact, getCall, isOutdialError, listCalls, resumeCall, validateCall } from '../../pkg/index.node.js';
import { createSandbox } from '../../pkg/sandbox/index.js';

const API_KEY = 'truedy_described';
const AGENT = '1f4baf16-1540-4d91-9696-7f34b2f2cb77';
const NUMBER = '+14155550123';
const CALL = { agentId: AGENT, phoneNumber: NUMBER, variables: { order: '7' } };

/** Truedy's pages "Create Contact" and "Calls", as somebody would describe them to a package that does not know Truedy. */
const DESCRIPTION = {
  provider: 'generic',
  baseUrl: 'https://api.truedy.ai/api/public/v1',
  headers: { Authorization: `Bearer ${API_KEY}` },
  createContact: { path: '/contacts', body: { phone_number: '{phoneNumber}', first_name: '{firstName}' }, answer: { id: 'data.id', createdAt: 'data.created_at' } },
  createCall: {
    path: '/calls',
    body: { agent_id: '{agentId}', phone_number: '{phoneNumber}', variables: '{variables}' },
    answer: { id: 'data.id', status: 'data.status', createdAt: 'data.created_at' },
    keyHeader: 'X-Idempotency-Key',
  },
  getCall: { path: '/calls/{id}', answer: { status: 'data.status', phoneNumber: 'data.phone_number data.to_number' } },
};

function open({ faults, ...config } = {}) {
  const sandbox = createSandbox({ seed: 1, faults });
  const client = createClient({ ...DESCRIPTION, fetch: sandbox.fetch, ...config });
  return { sandbox, client };
}

const failure = (promise) => promise.then(() => assert.fail('it succeeded'), (error) => error);

test('a platform that is only described is asked as one that is known', async () => {
  const { sandbox, client } = open();
  const contact = await createContact(client, { phoneNumber: '+1 415 555 0123', firstName: 'Ada' });
  const call = await createCall(client, CALL, { idempotencyKey: 'order-7' });
  const known = createClient({ provider: 'truedy', apiKey: API_KEY, fetch: sandbox.fetch });
  await createContact(known, { phoneNumber: NUMBER, firstName: 'Ada' });
  await createCall(known, CALL, { idempotencyKey: 'order-8' });
  const [described, own] = [sandbox.requests.slice(0, 2), sandbox.requests.slice(2)];
  assert.deepEqual(described.map(({ json, operation }) => [operation, json]), own.map(({ json, operation }) => [operation, json]));
  assert.deepEqual(described.map(({ headers }) => headers['x-idempotency-key']), [undefined, 'order-7']);
  assert.deepEqual([contact.provider, contact.id, contact.phoneNumber, contact.firstName], ['generic', sandbox.contacts[0].id, NUMBER, 'Ada']);
  assert.deepEqual([call.provider, call.status, call.direction, call.agentId, call.raw.data.id], ['generic', 'queued', 'outbound', AGENT, call.id]);
  const { id, status, phoneNumber } = await getCall(client, call.id);
  assert.deepEqual([id, status, phoneNumber], [call.id, 'queued', NUMBER]);
});

test('a call whose answer is lost is repeated under its key, and rings once', async () => {
  const { sandbox, client } = open({ faults: [{ on: { operation: 'createCall' }, kind: 'cut_after', times: 1 }] });
  await createCall(client, CALL, { idempotencyKey: 'k' });
  assert.deepEqual([sandbox.arrived['truedy.createCall'], sandbox.rang], [2, { [NUMBER]: 1 }]);
});

test('without a header for keys a call whose answer is lost is outcome_unknown after one attempt', async () => {
  const { keyHeader, ...createCallAlone } = DESCRIPTION.createCall;
  const { sandbox, client } = open({ createCall: createCallAlone, faults: [{ on: { operation: 'createCall' }, kind: 'cut_after' }] });
  const error = await failure(createCall(client, CALL));
  assert.deepEqual([keyHeader, error.code, error.attempts, sandbox.arrived['truedy.createCall']], ['X-Idempotency-Key', 'outcome_unknown', 1, 1]);
  assert.equal((await failure(resumeCall(client, error))).code, 'unsupported');
});

test('a field without a place is refused before anything is sent', async () => {
  const { sandbox, client } = open();
  const input = { ...CALL, fromNumber: NUMBER, settings: { greeting: 'Hi' }, extra: { agent_id: 'other' } };
  const error = await failure(createCall(client, input));
  assert.deepEqual(error.issues.map(({ path, code }) => `${path} ${code}`), ['fromNumber unsupported_field', 'settings unsupported_field', 'extra.agent_id reserved_field']);
  assert.deepEqual(validateCall(client, input), error.issues);
  assert.equal(sandbox.requests.length, 0);
});

test('what is not described is unsupported, and a description that cannot be followed is refused by name', async () => {
  const { client } = open({ getCall: undefined });
  for (const promise of [getCall(client, 'x'), listCalls(client).page()]) assert.equal((await failure(promise)).code, 'unsupported');
  const issues = (config) => {
    try {
      createClient({ ...DESCRIPTION, ...config });
    } catch (error) {
      return error.issues.map(({ path, message }) => `${path} ${message}`);
    }
    return [];
  };
  assert.deepEqual(issues({ createCall: { path: '/calls', body: { to: '{phone}' } } }), ['createCall {phone} is no field of it; it has agentId phoneNumber contactId fromNumber variables settings']);
  assert.deepEqual(issues({ getCall: { path: '/calls' } }), ['getCall.path must hold {id}']);
});

test('no error shows the credentials of a description, whatever their scheme', async () => {
  const echo = async () => Response.json({ message: `No: ${API_KEY}`, details: { sent: `Basic ${API_KEY}` } }, { status: 401 });
  for (const header of [`Bearer ${API_KEY}`, `Basic ${API_KEY}`, API_KEY]) {
    const client = createClient({ ...DESCRIPTION, headers: { Authorization: header }, fetch: echo });
    const error = await failure(createCall(client, CALL));
    assert.ok(isOutdialError(error) && error.code === 'unauthorized');
    for (const thing of [error, client]) assert.ok(!inspect(thing, { depth: Infinity, showHidden: true }).includes(API_KEY));
  }
});
