import assert from 'node:assert/strict';
import test from 'node:test';
import { CALLS, CONFIGS, CONTACTS, failure, NUMBER, open, outdial } from './support/platforms.mjs';

const { createCall, createContact, getCall, listCalls } = outdial;

test('a contact is one request with both headers, and comes back with its id and what was sent', async () => {
  const { sandbox, client } = open('thoughtly');
  const input = { phoneNumber: '+1 (415) 555-0123', firstName: 'Jane', lastName: 'Doe', email: 'jane@example.com', tags: ['new'], customFields: { plan: 'pro' }, extra: { country_code: 'US' } };
  const contact = await createContact(client, input);
  const [request] = sandbox.requests;
  assert.deepEqual(request.json, { phone_number: NUMBER, name: 'Jane Doe', email: 'jane@example.com', tags: ['new'], attributes: { plan: 'pro' }, country_code: 'US' });
  assert.deepEqual([request.headers['x-api-token'], request.headers.team_id], [CONFIGS.thoughtly.apiToken, CONFIGS.thoughtly.teamId]);
  assert.equal(request.headers['x-idempotency-key'], undefined);
  assert.deepEqual([contact.id, contact.phoneNumber, contact.name, contact.provider], [sandbox.contacts[0].id, NUMBER, 'Jane Doe', 'thoughtly']);
  assert.deepEqual(contact.raw.data, { id: contact.id });
});

test('a call by contactId is one request', async () => {
  const { sandbox, client } = open('thoughtly');
  const { id } = await createContact(client, CONTACTS.thoughtly);
  const call = await createCall(client, { agentId: 'agent-1', contactId: id, variables: { order: '7' } });
  assert.deepEqual(sandbox.arrived, { 'thoughtly.createContact': 1, 'thoughtly.createCall': 1 });
  assert.deepEqual(sandbox.requests[1].json, { contact_id: id, interview_id: 'agent-1', metadata: { order: '7' } });
  assert.deepEqual([call.status, call.contactId, call.agentId, call.id], ['queued', id, 'agent-1', undefined]);
});

test('a call by phoneNumber makes the contact first, then calls it', async () => {
  const { sandbox, client } = open('thoughtly');
  const call = await createCall(client, CALLS.thoughtly);
  assert.deepEqual(sandbox.requests.map(({ operation }) => operation), ['createContact', 'createCall']);
  assert.deepEqual([call.contactId, sandbox.rang], [sandbox.contacts[0].id, { [NUMBER]: 1 }]);
});

test('where the second step fails the error names the contact, and a second try makes no other', async () => {
  const { sandbox, client } = open('thoughtly', { faults: [{ on: { operation: 'createCall' }, kind: 'status', status: 402, times: 1 }] });
  const error = await failure(createCall(client, CALLS.thoughtly));
  assert.deepEqual([error.code, error.operation, error.attempts, error.details.contactId], ['payment_required', 'createCall', 2, sandbox.contacts[0].id]);
  assert.match(error.message, /details\.contactId/);
  await createCall(client, { agentId: 'agent-1', contactId: error.details.contactId });
  assert.deepEqual([sandbox.created.contacts, sandbox.created.calls], [1, 1]);
});

test('where the first step fails nobody is called', async () => {
  const { sandbox, client } = open('thoughtly', { faults: [{ on: { operation: 'createContact' }, kind: 'cut_after' }] });
  const error = await failure(createCall(client, CALLS.thoughtly));
  assert.deepEqual([error.code, error.details, sandbox.arrived['thoughtly.createCall'], sandbox.created.calls], ['outcome_unknown', undefined, undefined, 0]);
});

test('a 200 with an error is a failure, be it an object or a text', async () => {
  const { sandbox, client } = open('thoughtly');
  for (const ending of ['0409', '0408']) {
    const error = await failure(createContact(client, { phoneNumber: `+1415555${ending}` }));
    assert.deepEqual([error.code, error.status, error.attempts], ['rejected', 200, 1]);
    assert.ok(error.message.length > 0);
  }
  for (const ending of ['0402', '0422']) {
    const error = await failure(createCall(client, { ...CALLS.thoughtly, phoneNumber: `+1415555${ending}` }));
    assert.deepEqual([error.code, error.status], ['rejected', 200]);
  }
  assert.equal(sandbox.created.calls, 0);
});

test('an empty error, which the page shows for a success and explains as a failure, leaves the outcome unknown', async () => {
  const { client } = open('thoughtly');
  assert.equal((await failure(createCall(client, { ...CALLS.thoughtly, phoneNumber: '+14155550420' }))).code, 'outcome_unknown');
});

test('an answer without an error member is a success', async () => {
  const { sandbox, client } = open('thoughtly');
  assert.equal((await createCall(client, { ...CALLS.thoughtly, phoneNumber: '+14155550200' })).status, 'queued');
  assert.equal(sandbox.created.calls, 1);
});

test('a refused token is unauthorized, also where the platform answers 200', async () => {
  for (const refusals of ['status', 'ok']) {
    const { client } = open('thoughtly', { thoughtly: { refusals }, config: { apiToken: 'thoughtly_revoked' } });
    assert.equal((await failure(createContact(client, CONTACTS.thoughtly))).code, refusals === 'ok' ? 'rejected' : 'unauthorized');
  }
});

test('what the platform has no place for is refused before anything is sent', async () => {
  const { sandbox, client } = open('thoughtly');
  for (const [run, path] of [
    [() => createContact(client, { ...CONTACTS.thoughtly, salutation: 'Mr' }), 'salutation'],
    [() => createContact(client, { ...CONTACTS.thoughtly, extension: '7' }), 'extension'],
    [() => createContact(client, { ...CONTACTS.thoughtly, extra: { name: 'x' } }), 'extra.name'],
    [() => createCall(client, { ...CALLS.thoughtly, fromNumber: NUMBER }), 'fromNumber'],
    [() => createCall(client, { ...CALLS.thoughtly, settings: { greeting: 'hi' } }), 'settings'],
    [() => createCall(client, { ...CALLS.thoughtly, contactId: 'c' }), 'phoneNumber'],
    [() => createCall(client, { agentId: 'a' }), 'phoneNumber'],
  ]) {
    const error = await failure(run());
    assert.deepEqual([error.code, error.issues[0].path], ['invalid_input', path]);
  }
  for (const run of [() => getCall(client, 'x'), () => listCalls(client).page()]) assert.equal((await failure(run())).code, 'unsupported');
  assert.equal(sandbox.requests.length, 0);
});
