import assert from 'node:assert/strict';
import test from 'node:test';
import { createSandbox } from '../../pkg/sandbox/index.js';
import { ask, departures, fixture, isDateTime, NUMBER, send } from './sandbox-support.mjs';

const schemas = fixture('call-schemas', 'thoughtly');

const createContact = (sandbox, body, headers) => ask(sandbox, 'thoughtly.createContact', { body, headers });

/** Creates a contact with this number and calls it. */
async function call(sandbox, phone_number = NUMBER, body = {}) {
  const { data } = (await createContact(sandbox, { phone_number })).body;
  return ask(sandbox, 'thoughtly.createCall', { body: { contact_id: data.id, ...body } });
}

function assertEnvelope({ status, body, headers }, expected) {
  assert.equal(status, expected, JSON.stringify(body));
  assert.deepEqual(departures(schemas.GenericResponse, body), []);
  assert.equal(headers.get('content-type'), 'application/json');
}

function assertRefused(answer, status, message) {
  assertEnvelope(answer, status);
  assert.deepEqual(answer.body.data, {});
  assert.match(answer.body.error.message, message);
}

test('a contact is created and its id is in data.id', async () => {
  const sandbox = createSandbox();
  const fields = { phone_number: NUMBER, name: 'Jane', email: 'jane@acme.com', country_code: 'US', tags: ['vip'], attributes: { plan: 'x' } };
  const answer = await createContact(sandbox, fields);
  assertEnvelope(answer, 200);
  assert.equal(answer.body.error, null);
  const { provider, id, team_id, created_at, ...shown } = sandbox.contacts[0];
  assert.deepEqual([provider, id, team_id], ['thoughtly', answer.body.data.id, 'team']);
  assert.deepEqual(shown, fields);
  assert.ok(isDateTime(created_at));
});

test('contacts are not deduplicated', async () => {
  const sandbox = createSandbox();
  for (const _ of [1, 2]) await createContact(sandbox);
  assert.deepEqual([sandbox.contacts.length, sandbox.created.thoughtly.contacts], [2, 2]);
});

test('the curl example calls a contact that exists, once for every request', async () => {
  const sandbox = createSandbox();
  const example = fixture('curl-call-contact', 'thoughtly');
  const { data } = (await createContact(sandbox, {}, { team_id: example.headers.team_id })).body;
  const request = { ...example, body: { ...example.body, contact_id: data.id } };
  for (const _ of [1, 2]) {
    const answer = await send(sandbox, request);
    assertEnvelope(answer, 200);
    assert.deepEqual(answer.body, { data: fixture('call-answer', 'thoughtly').data, error: null });
  }
  assert.deepEqual(sandbox.rang, { [NUMBER]: 2 });
  const [placed] = sandbox.calls;
  assert.deepEqual([placed.provider, placed.contact_id, placed.status, placed.metadata], ['thoughtly', data.id, 'queued', example.body.metadata]);
  sandbox.advance(70_000);
  assert.equal(sandbox.calls[0].status, 'completed');
});

test('a contact that does not exist, or is another team\'s, is a 200 with an error', async () => {
  const sandbox = createSandbox();
  assertRefused(await ask(sandbox, 'thoughtly.createCall'), 200, /contact does not exist/);
  const { data } = (await createContact(sandbox, {}, { team_id: 'other' })).body;
  assertRefused(await ask(sandbox, 'thoughtly.createCall', { body: { contact_id: data.id } }), 200, /contact does not exist/);
  assert.deepEqual([sandbox.calls, sandbox.rang], [[], {}]);
});

test('an agent that is not among interviews is a 200 with an error', async () => {
  const sandbox = createSandbox({ thoughtly: { interviews: ['known'] } });
  assertRefused(await call(sandbox), 200, /agent does not exist/);
  assert.equal((await call(sandbox, NUMBER, { interview_id: 'known' })).body.error, null);
});

for (const [ending, shape] of [['0402', 'object'], ['0422', 'string']]) {
  test(`a call to a number that ends in ${ending} is a 200 whose error is ${shape === 'object' ? 'an object' : 'text'}, and nothing rings`, async () => {
    const sandbox = createSandbox();
    const { status, body } = await call(sandbox, `+1415555${ending}`);
    assert.deepEqual([status, typeof body.error, body.data], [200, shape, {}]);
    assert.deepEqual([sandbox.calls, sandbox.rang], [[], {}]);
  });
}

test('a call to a number that ends in 0420 is answered as the page\'s example, and nothing rings', async () => {
  const sandbox = createSandbox();
  assert.deepEqual((await call(sandbox, '+14155550420')).body, fixture('call-answer', 'thoughtly'));
  assert.deepEqual(sandbox.calls, []);
});

test('a call to a number that ends in 0200 succeeds with error omitted', async () => {
  const sandbox = createSandbox();
  assert.deepEqual((await call(sandbox, '+14155550200')).body, { data: {} });
  assert.equal(sandbox.created.calls, 1);
});

test('a contact whose number ends in 0409 or 0408 is a 200 with an error, an object or text', async () => {
  const sandbox = createSandbox();
  const errors = [];
  for (const ending of ['0409', '0408']) errors.push((await createContact(sandbox, { phone_number: `+1415555${ending}` })).body.error);
  assert.deepEqual(errors.map((error) => typeof error), ['object', 'string']);
  assert.deepEqual(sandbox.contacts, []);
});

const HEADERS = [
  [{ 'x-api-token': '' }, /x-api-token/],
  [{ team_id: '' }, /team_id/],
  [{ 'x-api-token': 'thoughtly_revoked' }, /revoked/],
];
for (const [headers, message] of HEADERS) {
  test(`the headers ${JSON.stringify(headers)} are 401`, async () => {
    for (const name of ['thoughtly.createContact', 'thoughtly.createCall']) assertRefused(await ask(createSandbox(), name, { headers }), 401, message);
  });
}

test('a token must be one of its team where teams are given', async () => {
  const sandbox = createSandbox({ thoughtly: { teams: { team: ['mine'] } } });
  assertRefused(await createContact(sandbox), 401, /not one of this team/);
  assertRefused(await createContact(sandbox, {}, { team_id: 'toString' }), 401, /not one of this team/);
  assert.equal((await createContact(sandbox, {}, { 'x-api-token': 'mine' })).status, 200);
});

const BODIES = [
  ['createContact', { phone_number: undefined }, /phone_number: Field required/],
  ['createContact', { phone_number: '' }, /phone_number: .*at least 1 character/],
  ['createContact', { phone_number: 14155550123 }, /phone_number: .*valid string/],
  ['createContact', { name: null }, /name: .*valid string/],
  ['createContact', { email: 1 }, /email: /],
  ['createContact', { country_code: 1 }, /country_code: /],
  ['createContact', { tags: 'vip' }, /tags: .*valid list/],
  ['createContact', { tags: [1] }, /tags\.0: /],
  ['createContact', { attributes: [] }, /attributes: /],
  ['createCall', { contact_id: undefined }, /contact_id: Field required/],
  ['createCall', { interview_id: undefined }, /interview_id: Field required/],
  ['createCall', { contact_id: '' }, /contact_id: /],
  ['createCall', { interview_id: 7 }, /interview_id: /],
  ['createCall', { metadata: 'x' }, /metadata: /],
  ['createCall', [], /body: /],
  ['createCall', '{', /not JSON/],
  ['createCall', '', /Field required/],
];
for (const [operation, body, message] of BODIES) {
  test(`${operation} with ${JSON.stringify(body, (_, value) => value ?? null)} is 400`, async () => {
    const sandbox = createSandbox();
    assertRefused(await ask(sandbox, `thoughtly.${operation}`, { body }), 400, message);
    assert.deepEqual(sandbox.created.thoughtly, { calls: 0, contacts: 0 });
  });
}

test('null metadata is accepted', async () => assert.equal((await call(createSandbox(), NUMBER, { metadata: null })).body.error, null));

test('another content type is 400, another method 405, another path 404', async () => {
  const sandbox = createSandbox();
  assertRefused(await createContact(sandbox, {}, { 'Content-Type': 'text/plain' }), 400, /Content-Type/);
  const wrong = await send(sandbox, { url: 'https://api.thoughtly.com/contact/call' });
  assertRefused(wrong, 405, /GET is not allowed/);
  assert.equal(wrong.headers.get('allow'), 'POST');
  assertRefused(await send(sandbox, { url: 'https://api.thoughtly.com/contact/delete' }), 404, /does not exist/);
});

test('refusals: ok answers every refusal with 200, as the page documents nothing else', async () => {
  const sandbox = createSandbox({ thoughtly: { refusals: 'ok' } });
  assertRefused(await createContact(sandbox, {}, { team_id: '' }), 200, /team_id/);
  assertRefused(await createContact(sandbox, '{'), 200, /not JSON/);
  assert.deepEqual(sandbox.contacts, []);
});

test('unknown fields are reported, and a number that is not E.164 is warned of', async () => {
  const sandbox = createSandbox();
  await createContact(sandbox, { phone_number: '415 555 0123', phoneNumber: NUMBER });
  assert.deepEqual(sandbox.requests[0].ignored, ['phoneNumber']);
  assert.deepEqual(sandbox.requests[0].warnings, ['phone_number is not E.164']);
});

test('the masked view has the token nowhere', async () => {
  const sandbox = createSandbox();
  await createContact(sandbox, {}, { 'x-api-token': 'a-token-of-some-length' });
  assert.ok(!JSON.stringify(sandbox.maskedRequests).includes('a-token-of-some'));
});
