import assert from 'node:assert/strict';
import test from 'node:test';
import { createSandbox } from '../../pkg/sandbox/index.js';
import { AGENT, departures, dial, fixture, isDateTime, NUMBER, post, send } from './sandbox-support.mjs';

const PAGE_CALL = '44ec8f61-6d9a-4553-a6ca-777f5f5ef95b';
const schemas = fixture('contact-schemas');
const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

const withPageCalls = (options) =>
  createSandbox({ calls: [{ id: PAGE_CALL, agent_id: AGENT }, { id: 'f89052b2-3467-4a34-b4e3-e5d1571cbb36', status: 'queued' }], ...options });

function assertCallOfThePage(call) {
  assert.deepEqual(Object.keys(call), fixture('call-object').map(({ field }) => field));
  for (const { field, type } of fixture('call-object')) {
    const value = call[field];
    if (value === null) continue;
    const is = { UUID: () => UUID.test(value), datetime: () => isDateTime(value), integer: () => Number.isInteger(value), float: () => typeof value === 'number' };
    assert.ok((is[type] ?? (() => typeof value === type))(), `${field} is ${type}, not ${JSON.stringify(value)}`);
  }
  assert.ok(fixture('call-statuses').some(({ status }) => status === call.status), call.status);
}

const assertMeta = (meta) => assert.deepEqual(departures(schemas.ResponseMeta, meta), []);

test('the curl example of Create Call queues an outbound call', async () => {
  const sandbox = createSandbox();
  const { status, body } = await send(sandbox, fixture('curl-create-call'));
  assert.equal(status, 201);
  assertCallOfThePage(body.data);
  assertMeta(body.meta);
  const { agent_id, phone_number, direction, status: state } = body.data;
  assert.deepEqual({ agent_id, phone_number, direction, state }, { agent_id: AGENT, phone_number: NUMBER, direction: 'outbound', state: 'queued' });
});

test('the full example body of Create Call is accepted with every field', async () => {
  const sandbox = createSandbox();
  assert.equal((await post(sandbox, '/calls', fixture('call-example'))).status, 201);
  const [call] = sandbox.calls;
  assert.deepEqual(call.variables, fixture('call-example').variables);
  assert.deepEqual(call.call_settings, { recording_enabled: true, transcription_enabled: true, max_duration: '600s' });
  assert.deepEqual(sandbox.requests[0].ignored, []);
});

test('the curl example of List Calls pages through the completed calls', async () => {
  const sandbox = withPageCalls();
  const { status, body } = await send(sandbox, fixture('curl-list-calls'));
  assert.equal(status, 200);
  assert.deepEqual(Object.keys(body), ['data', 'pagination', 'meta']);
  assert.deepEqual(body.data.map(({ id }) => id), [PAGE_CALL]);
  assert.deepEqual(body.pagination, { total: 1, limit: 20, offset: 0, has_more: false });
  assertCallOfThePage(body.data[0]);
});

test('the curl example of Get Call brings the call', async () => {
  const { status, body } = await send(withPageCalls(), fixture('curl-get-call'));
  assert.equal(status, 200);
  assert.equal(body.data.id, PAGE_CALL);
  assertCallOfThePage(body.data);
});

test('the curl example of Update Call changes context and one setting only', async () => {
  const sandbox = withPageCalls();
  const { status, body } = await send(sandbox, fixture('curl-update-call'));
  assert.equal(status, 200);
  assert.deepEqual(body.data.context, { priority: 'high' });
  assert.deepEqual(sandbox.calls[0].call_settings, { recording_enabled: true, transcription_enabled: true });
  assertCallOfThePage(body.data);
});

test('the curl example of Delete Call removes it', async () => {
  const sandbox = withPageCalls();
  assert.equal((await send(sandbox, fixture('curl-delete-call'))).status, 200);
  assert.equal((await send(sandbox, fixture('curl-get-call'))).status, 404);
  assert.equal(sandbox.calls.length, 1);
});

test('the curl example of Bulk Delete skips the active call', async () => {
  const sandbox = withPageCalls();
  const example = fixture('curl-delete-calls');
  const { status, body } = await send(sandbox, example);
  assert.equal(status, 200);
  assert.deepEqual(body.data, { deleted_count: 1, failed_count: 1, deleted_ids: [PAGE_CALL], failed_ids: [example.body.ids[1]] });
  assertMeta(body.meta);
});

test('the curl examples of Get Recording and Get Transcript bring them for a completed call', async () => {
  const sandbox = withPageCalls();
  const recording = await send(sandbox, fixture('curl-get-recording'));
  assert.deepEqual([recording.status, Object.keys(recording.body.data)], [200, ['recording_url']]);
  assert.ok(URL.canParse(recording.body.data.recording_url));
  const transcript = await send(sandbox, fixture('curl-get-transcript'));
  assert.deepEqual([transcript.status, Object.keys(transcript.body.data)], [200, ['transcript', 'summary']]);
  assert.ok(transcript.body.data.transcript.length > 0);
});

for (const name of ['contact-basic', 'contact-full']) {
  test(`the request example ${name} makes a contact that fits the page's schema`, async () => {
    const sandbox = createSandbox();
    const request = fixture(name);
    const { status, body } = await post(sandbox, '/contacts', request);
    assert.equal(status, 201);
    assert.deepEqual(departures(schemas.ContactResponse, body.data), []);
    assertMeta(body.meta);
    for (const [field, value] of Object.entries(request)) assert.deepEqual(body.data[field], value);
    assert.equal(sandbox.contacts.length, 1);
  });
}

test('the openapi generation answers a contact as the response example of the page', async () => {
  const sandbox = createSandbox({ generation: 'openapi' });
  const example = fixture('contact-created');
  const { custom_fields, email, folder_id, phone } = example.data;
  for (const _ of [1, 2, 3]) await dial(sandbox, { phone_number: phone, agent_id: 'agt_1' });
  const { body } = await post(sandbox, '/contacts', { phone_number: phone, first_name: 'Jane', last_name: 'Doe', custom_fields, email, folder_id });
  assert.deepEqual(Object.keys(body.data), Object.keys(example.data));
  assert.deepEqual(shapes(body), shapes(example));
  const { name, call_count } = body.data;
  assert.deepEqual({ name, call_count }, { name: 'Jane Doe', call_count: 3 });
  assert.equal(sandbox.contacts[0].phone_number, phone);
});

// The letters and digits of ids and times, whatever their values.
const shapes = ({ data, meta }) =>
  [data.id, data.created_at, data.updated_at, data.last_called_at, meta.request_id, meta.ts].map((text) =>
    text.replace(/(?<=_)[0-9a-f]{8}$/, 'hex8').replace(/\d/g, '9'));

test('the openapi generation names a call, its ids and its statuses as the OpenAPI pages do', async () => {
  const sandbox = createSandbox({ generation: 'openapi' });
  const { status, body } = await dial(sandbox, { agent_id: 'agt_demo', from_number: '+14155550100' });
  assert.equal(status, 201);
  assert.match(body.data.id, /^call_[0-9a-f]{8}$/);
  assert.deepEqual([body.data.to, body.data.from, body.data.metadata], [NUMBER, '+14155550100', {}]);
  const path = `/calls/${body.data.id}`;
  sandbox.advance(6_000);
  assert.equal((await send(sandbox, { path })).body.data.status, 'in-progress');
  sandbox.advance(60_000);
  assert.equal((await send(sandbox, { path })).body.data.status, 'ended');
  assert.equal((await send(sandbox, { path: '/calls?status=ended' })).body.pagination.total, 1);
  const [call] = sandbox.calls;
  assert.deepEqual([call.status, call.phone_number], ['completed', NUMBER]);
});

test('lists are newest first, filtered and paged', async () => {
  const sandbox = createSandbox({ rateLimit: false });
  const other = '00000000-0000-4000-8000-000000000001';
  for (let index = 0; index < 60; index += 1) await dial(sandbox, { agent_id: index % 2 ? AGENT : other });
  const list = async (query) => (await send(sandbox, { path: `/calls${query}` })).body;
  const first = await list('');
  assert.deepEqual(first.pagination, { total: 60, limit: 50, offset: 0, has_more: true });
  assert.equal(first.data[0].id, sandbox.calls.at(-1).id);
  const rest = await list('?offset=50&limit=100');
  assert.deepEqual([rest.data.length, rest.pagination.has_more], [10, false]);
  assert.equal(new Set([...first.data, ...rest.data].map(({ id }) => id)).size, 60);
  assert.equal((await list(`?agent_id=${other}&limit=1`)).pagination.total, 30);
  assert.equal((await list('?direction=inbound')).pagination.total, 0);
  assert.equal((await list('?status=queued&direction=outbound')).pagination.total, 60);
});
