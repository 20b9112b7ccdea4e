import assert from 'node:assert/strict';
import test from 'node:test';
import { createSandbox } from '../../pkg/sandbox/index.js';
import { AGENT, departures, dial, fixture, NUMBER, post, send } from './sandbox-support.mjs';

const schemas = fixture('contact-schemas');
const JSON_HEADERS = { Authorization: 'Bearer truedy_test', 'Content-Type': 'application/json' };

function assertEnvelope(answer, status, code) {
  assert.deepEqual([answer.status, answer.body.error?.code], [status, code], JSON.stringify(answer.body));
  assert.deepEqual(departures(schemas.ErrorResponse, answer.body), []);
  assert.deepEqual(departures(schemas.ResponseMeta, answer.body.meta), []);
  assert.equal(answer.headers.get('content-type'), 'application/json');
}

function assertDetail(answer, loc, type) {
  assert.equal(answer.status, 422, JSON.stringify(answer.body));
  assert.deepEqual(departures(schemas.HTTPValidationError, answer.body), []);
  assert.deepEqual(Object.keys(answer.body), ['detail']);
  assert.ok(answer.body.detail.some((one) => one.type === type && one.loc.join('.') === loc), JSON.stringify(answer.body));
}

const KEYS = [
  ['no Authorization', {}],
  ['a key without Bearer', { Authorization: 'truedy_test' }],
  ['Bearer without a key', { Authorization: 'Bearer ' }],
  ['another scheme', { Authorization: 'Basic dHJ1ZWR5' }],
  ['a key with a space', { Authorization: 'Bearer two words' }],
  ['a revoked key', { Authorization: 'Bearer truedy_revoked' }],
];
for (const [name, headers] of KEYS) {
  test(`${name} is 401`, async () => assertEnvelope(await send(createSandbox(), { path: '/calls', headers }), 401, 'unauthorized'));
}

test('a key that is not among apiKeys is 401', async () => {
  const sandbox = createSandbox({ apiKeys: ['truedy_mine'] });
  assertEnvelope(await send(sandbox, { path: '/calls' }), 401, 'unauthorized');
  assert.equal((await send(sandbox, { path: '/calls', headers: { authorization: 'bearer truedy_mine' } })).status, 200);
});

test('a caller whose address is not allowed is 403', async () =>
  assertEnvelope(await send(createSandbox(), { path: '/calls', headers: { Authorization: 'Bearer truedy_blocked' } }), 403, 'forbidden'));

for (const path of ['', '/', '/call', '/calls/', '/calls/a/b', '/calls/a/recording/b', '/contactsx']) {
  test(`the path "${path}" is 404`, async () => assertEnvelope(await send(createSandbox(), { path }), 404, 'not_found'));
}

test('a path of no vendor is 404', async () => {
  const answer = await send(createSandbox(), { url: 'https://api.truedy.ai/api/public/v2/calls' });
  assert.deepEqual([answer.status, answer.body.error.code], [404, 'not_found']);
});

for (const path of ['/calls/44ec8f61-6d9a-4553-a6ca-777f5f5ef95b', '/calls/nonsense', '/calls/%E0%A4', '/calls/x/recording', '/calls/x/transcript']) {
  test(`GET ${path} is 404 when there is no such call`, async () => {
    const answer = await send(createSandbox(), { path });
    assertEnvelope(answer, 404, 'not_found');
    assert.equal(answer.body.error.details.resource, 'call');
  });
}

for (const [method, path, allow] of [['PUT', '/calls', 'GET, POST'], ['GET', '/contacts', 'POST'], ['POST', '/calls/x', 'GET, PATCH, DELETE'], ['DELETE', '/calls/x/recording', 'GET']]) {
  test(`${method} ${path} is 405 and names ${allow}`, async () => {
    const answer = await send(createSandbox(), { method, path });
    assertEnvelope(answer, 405, 'method_not_allowed');
    assert.equal(answer.headers.get('allow'), allow);
  });
}

for (const body of ['{"phone_number": ', '{phone_number: 1}', 'phone_number=1']) {
  test(`the body ${JSON.stringify(body)} is 400`, async () => {
    for (const path of ['/contacts', '/calls']) assertEnvelope(await send(createSandbox(), { method: 'POST', path, headers: JSON_HEADERS, body }), 400, 'bad_request');
  });
}

for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'application/jsonp']) {
  test(`the content type ${type} is 400`, async () =>
    assertEnvelope(await post(createSandbox(), '/contacts', { phone_number: NUMBER }, { 'Content-Type': type }), 400, 'bad_request'));
}

test('a charset beside the content type is accepted', async () =>
  assert.equal((await post(createSandbox(), '/contacts', { phone_number: NUMBER }, { 'Content-Type': 'Application/JSON; charset=utf-8' })).status, 201));

const text = (length) => '\u{1F600}'.repeat(length);
const CONTACTS = [
  [{}, 'body.phone_number', 'missing'],
  [[], 'body', 'model_attributes_type'],
  ['null', 'body', 'model_attributes_type'],
  ['', 'body', 'missing'],
  [{ phone_number: null }, 'body.phone_number', 'string_type'],
  [{ phone_number: 14155550123 }, 'body.phone_number', 'string_type'],
  ...['14155550123', '+0123', '+1', '+1234567890123456', '+1 415', '+1415555012x', '+14155550123\n', '+１４１５'].map((phone_number) =>
    [{ phone_number }, 'body.phone_number', 'string_pattern_mismatch']),
  [{ phone_number: NUMBER, first_name: text(101) }, 'body.first_name', 'string_too_long'],
  [{ phone_number: NUMBER, last_name: 'x'.repeat(101) }, 'body.last_name', 'string_too_long'],
  [{ phone_number: NUMBER, first_name: 7 }, 'body.first_name', 'string_type'],
  ...['', 'jane', 'jane@', '@acme.com', 'jane@acme', 'jane@@acme.com', 'ja ne@acme.com', '.j@acme.com', 'j..j@acme.com', 'j@-acme.com', 'j@acme..com', `${'x'.repeat(65)}@acme.com`]
    .map((email) => [{ phone_number: NUMBER, email }, 'body.email', 'value_error']),
  [{ phone_number: NUMBER, email: 1 }, 'body.email', 'string_type'],
  [{ phone_number: NUMBER, custom_fields: [] }, 'body.custom_fields', 'dict_type'],
  [{ phone_number: NUMBER, folder_id: 1 }, 'body.folder_id', 'string_type'],
];
for (const [body, loc, type] of CONTACTS) {
  test(`the contact ${JSON.stringify(body).slice(0, 70)} is 422 ${type} at ${loc}`, async () => {
    const sandbox = createSandbox();
    assertDetail(await post(sandbox, '/contacts', body), loc, type);
    assert.deepEqual(sandbox.contacts, []);
  });
}

test('a contact may have 100 characters of name, nulls and an unknown field, which is reported', async () => {
  const sandbox = createSandbox();
  const body = { phone_number: '+12', first_name: text(100), last_name: null, email: null, custom_fields: null, firstname: 'Jane', __proto__x: 1 };
  assert.equal((await post(sandbox, '/contacts', body)).status, 201);
  assert.deepEqual(sandbox.requests[0].ignored, ['firstname', '__proto__x']);
});

test('every problem of a contact is listed at once', async () => {
  const { body } = await post(createSandbox(), '/contacts', { phone_number: '1', email: 'x', first_name: 1 });
  assert.deepEqual(body.detail.map(({ loc }) => loc[1]), ['phone_number', 'email', 'first_name']);
});

const CALLS = [
  [{ agent_id: undefined }, 'agent_id'],
  [{ phone_number: undefined }, 'phone_number'],
  [{ agent_id: 'agt_1' }, 'agent_id'],
  [{ agent_id: '' }, 'agent_id'],
  [{ phone_number: '4155550123' }, 'phone_number'],
  [{ from_number: '4155550100' }, 'from_number'],
  [{ variables: ['Jane'] }, 'variables'],
  [{ variables: null }, 'variables'],
  [{ call_settings: 'x' }, 'call_settings'],
  [{ call_settings: { recording_enabled: 'true' } }, 'call_settings.recording_enabled'],
  [{ call_settings: { transcription_enabled: 1 } }, 'call_settings.transcription_enabled'],
  [{ call_settings: { greeting: null } }, 'call_settings.greeting'],
  ...[600, '600', '600 s', '0s', '-1s', '1.5s', '10m', ' 600s', ''].map((max_duration) => [{ call_settings: { max_duration } }, 'call_settings.max_duration']),
  [{ call_settings: { join_timeout: '30' } }, 'call_settings.join_timeout'],
];
for (const [fields, path] of CALLS) {
  test(`a call with ${JSON.stringify(fields, (_, value) => value ?? null)} is 422 and names ${path}`, async () => {
    const sandbox = createSandbox();
    const answer = await dial(sandbox, fields);
    assertEnvelope(answer, 422, 'validation_error');
    assert.ok(answer.body.error.message.startsWith(`${path}: `), answer.body.error.message);
    assert.deepEqual([sandbox.calls, sandbox.rang], [[], {}]);

    const openapi = await dial(createSandbox({ generation: 'openapi' }), fields);
    if (fields.agent_id !== 'agt_1') assert.deepEqual(openapi.body.detail?.[0].loc, ['body', ...path.split('.')]);
    else assert.equal(openapi.status, 201);
  });
}

for (const { status, code } of fixture('call-errors')) {
  test(`the number that ends in 0${status} is ${status} ${code}, and nothing rings`, async () => {
    const sandbox = createSandbox();
    const answer = await dial(sandbox, { phone_number: `+14155550${status}` });
    assertEnvelope(answer, status, code);
    assert.deepEqual([sandbox.calls, sandbox.rang], [[], {}]);
  });
}

test('a rule that is broken is validation_error in the openapi generation too, without meta', async () => {
  const { status, body } = await dial(createSandbox({ generation: 'openapi' }), { phone_number: '+14155550422' });
  assert.deepEqual([status, Object.keys(body), body.error.code], [422, ['error'], 'validation_error']);
});

test('an account that cannot pay is 402 with its reason', async () => {
  const answer = await dial(createSandbox({ account: 'trial_expired' }));
  assertEnvelope(answer, 402, 'payment_required');
  assert.deepEqual(answer.body.error.details, { reason: 'trial_expired' });
});

test('agents that are given are the only ones, and call from their numbers', async () => {
  const bare = '00000000-0000-4000-8000-000000000001';
  const sandbox = createSandbox({ agents: { [AGENT]: { numbers: ['+14155550100'] }, [bare]: {} } });
  const unknown = await dial(sandbox, { agent_id: '00000000-0000-4000-8000-000000000002' });
  assertEnvelope(unknown, 404, 'not_found');
  assert.equal(unknown.body.error.details.resource, 'agent');
  assert.equal((await dial(sandbox)).body.data.from_number, '+14155550100');
  assertEnvelope(await dial(sandbox, { from_number: '+14155550199' }), 422, 'validation_error');
  assertEnvelope(await dial(sandbox, { agent_id: bare }), 422, 'validation_error');
  assert.equal((await dial(sandbox, { agent_id: bare, from_number: '+14155550199' })).status, 201);
});

for (const query of ['limit=0', 'limit=101', 'limit=ten', 'limit=', 'limit=1.5', 'offset=-1', 'status=ended', 'direction=up', 'agent_id=7']) {
  test(`the list query ${query} is 422`, async () => {
    assertEnvelope(await send(createSandbox(), { path: `/calls?${query}` }), 422, 'validation_error');
    const name = query.split('=')[0];
    if (query !== 'status=ended') assert.deepEqual((await send(createSandbox({ generation: 'openapi' }), { path: `/calls?${query}` })).body.detail[0].loc, ['query', name]);
  });
}

const UPDATES = [{}, { status: 'completed' }, { context: null }, { context: [] }, { call_settings: { greeting: 'x' } }, { call_settings: { recording_enabled: 1 } }, { context: {}, phone_number: NUMBER }];
for (const body of UPDATES) {
  test(`an update with ${JSON.stringify(body)} is 422 and changes nothing`, async () => {
    const sandbox = createSandbox({ calls: [{}] });
    const before = sandbox.calls;
    assertEnvelope(await send(sandbox, { method: 'PATCH', path: `/calls/${before[0].id}`, headers: JSON_HEADERS, body }), 422, 'validation_error');
    assert.deepEqual(sandbox.calls, before);
  });
}

for (const body of [{}, { ids: 'x' }, { ids: ['x'] }, { ids: [], all: true }]) {
  test(`a bulk delete with ${JSON.stringify(body)} is 422`, async () =>
    assertEnvelope(await post(createSandbox(), '/calls/bulk-delete', body), 422, 'validation_error'));
}

test('the 101st request of a key in a minute is 429 with limit and reset_at in the body and no hint in the headers', async () => {
  const sandbox = createSandbox();
  for (let count = 0; count < 100; count += 1) assert.equal((await send(sandbox, { path: '/calls' })).status, 200);
  const answer = await send(sandbox, { path: '/calls' });
  assertEnvelope(answer, 429, 'rate_limit_exceeded');
  assert.deepEqual(answer.body.error.details, { limit: 100, reset_at: '2026-03-03T20:31:00.000000Z' });
  assert.deepEqual([...answer.headers.keys()], ['content-type']);
  assert.equal((await send(sandbox, { path: '/calls', headers: { Authorization: 'Bearer another' } })).status, 200);
  sandbox.advance(Date.parse(answer.body.error.details.reset_at) - sandbox.now);
  assert.equal((await send(sandbox, { path: '/calls' })).status, 200);
});

test('the rate limit can be another, or none', async () => {
  const narrow = createSandbox({ rateLimit: 1 });
  await dial(narrow);
  assert.equal((await dial(narrow)).status, 429);
  assert.equal(narrow.calls.length, 1);
  const open = createSandbox({ rateLimit: false });
  for (let count = 0; count < 150; count += 1) assert.equal((await send(open, { path: '/calls' })).status, 200);
});
