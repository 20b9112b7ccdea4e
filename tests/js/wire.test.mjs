import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import test from 'node:test';
import { createCall, createClient, createContact } from '../../pkg/index.node.js';
import { createSandbox } from '../../pkg/sandbox/index.js';
import { fixture, isDateTime } from './sandbox-support.mjs';

const NODES_OWN = ['accept', 'accept-encoding', 'accept-language', 'connection', 'content-length', 'host', 'sec-fetch-mode', 'user-agent'];
const curl = fixture('curl-create-call');
const key = curl.headers['X-Idempotency-Key'];

/** The page's wire names in this package's vocabulary. */
const VOCABULARY = {
  contact: { phone_number: 'phoneNumber', first_name: 'firstName', last_name: 'lastName', email: 'email', custom_fields: 'customFields' },
  call: { agent_id: 'agentId', phone_number: 'phoneNumber', from_number: 'fromNumber', variables: 'variables', call_settings: 'settings' },
  settings: { recording_enabled: 'recordingEnabled', transcription_enabled: 'transcriptionEnabled', greeting: 'greeting', max_duration: 'maxDurationSeconds', join_timeout: 'joinTimeoutSeconds' },
};

const renamed = (names, wire) => Object.fromEntries(Object.entries(wire).map(([name, value]) => [names[name], value]));

function callOf(wire) {
  const input = renamed(VOCABULARY.call, wire);
  if (!input.settings) return input;
  const settings = renamed(VOCABULARY.settings, input.settings);
  for (const name of ['maxDurationSeconds', 'joinTimeoutSeconds']) {
    if (settings[name]) settings[name] = Number.parseInt(settings[name], 10);
  }
  return { ...input, settings };
}

const contactOf = (wire) => renamed(VOCABULARY.contact, wire);

/** A server of this machine that records what arrives. */
async function recorder(t, answer) {
  const requests = [];
  const server = createServer(async (incoming, outgoing) => {
    const chunks = [];
    for await (const chunk of incoming) chunks.push(chunk);
    requests.push({ method: incoming.method, url: incoming.url, headers: incoming.headersDistinct, body: Buffer.concat(chunks).toString() });
    outgoing.writeHead(201, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.after(() => {
    server.close();
    server.closeAllConnections();
  });
  return { requests, baseUrl: `http://127.0.0.1:${server.address().port}/api/public/v1` };
}

const CREATED = { data: { id: 'x' } };

/** What arrives when the package does `operation`, by the vendor's own address and over a real connection. */
async function sent(t, operation, input, options) {
  const asked = [];
  const fetch = async (request) => {
    asked.push({ method: request.method, url: request.url, headers: Object.fromEntries(request.headers), body: await request.text(), redirect: request.redirect });
    return new Response(JSON.stringify(CREATED), { status: 201 });
  };
  await operation(createClient({ provider: 'truedy', apiKey: 'YOUR_API_KEY', fetch }), input, options);
  const { requests, baseUrl } = await recorder(t, CREATED);
  await operation(createClient({ provider: 'truedy', apiKey: 'YOUR_API_KEY', baseUrl }), input, options);
  assert.deepEqual([asked.length, requests.length], [1, 1]);
  return { asked: asked[0], arrived: requests[0] };
}

const lower = (headers) => Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));

function assertSame({ asked, arrived }, { method, url, headers, body }) {
  assert.deepEqual([asked.method, asked.url], [method, url]);
  assert.deepEqual(asked.headers, lower(headers));
  assert.deepEqual(JSON.parse(asked.body), body);

  assert.deepEqual([arrived.method, arrived.url], [method, new URL(url).pathname]);
  const own = Object.entries(arrived.headers).filter(([name]) => !NODES_OWN.includes(name)).map(([name, values]) => [name, values.join(', ')]);
  assert.deepEqual(Object.fromEntries(own), lower(headers));
  assert.equal(arrived.body, asked.body, 'both ways the same bytes');
}

test('createCall sends the curl example of the page, header by header', async (t) => {
  assertSame(await sent(t, createCall, callOf(curl.body), { idempotencyKey: key }), curl);
});

test('createCall sends the example body of the page, its duration in seconds', async (t) => {
  const body = fixture('call-example');
  assert.equal(callOf(body).settings.maxDurationSeconds, 600);
  assertSame(await sent(t, createCall, callOf(body), { idempotencyKey: key }), { ...curl, body });
});

for (const name of ['contact-basic', 'contact-full']) {
  test(`createContact sends the request example ${name} of the page, header by header`, async (t) => {
    const { 'X-Idempotency-Key': _, ...headers } = curl.headers;
    const url = 'https://api.truedy.ai/api/public/v1/contacts';
    assertSame(await sent(t, createContact, contactOf(fixture(name))), { method: 'POST', url, headers, body: fixture(name) });
  });
}

test('createCall sends every field of the page at once', async (t) => {
  const body = {
    agent_id: 'agt_1',
    phone_number: '+14155550123',
    from_number: '+14155550100',
    variables: { first_name: 'Zoë "Z" \\ 🚀\n\u2028', count: 3, ratio: 0.1, tiny: 1e-7, big: 1e21, minus: -0.5, vip: true, none: '' },
    call_settings: { recording_enabled: false, transcription_enabled: true, greeting: 'Hello, {{first_name}}', max_duration: '3600s', join_timeout: '30s' },
  };
  assert.deepEqual(new Set(Object.keys(body)), new Set(Object.keys(VOCABULARY.call)));
  assert.deepEqual(new Set(Object.keys(body.call_settings)), new Set(Object.keys(VOCABULARY.settings)));
  assertSame(await sent(t, createCall, callOf(body), { idempotencyKey: key }), { ...curl, body });
});

test('createContact sends every field of the page at once, and the caller\'s own as they are', async (t) => {
  const schema = fixture('contact-schemas').ContactCreateRequest;
  const example = Object.fromEntries(Object.entries(schema.properties).map(([name, property]) => [name, property.example]));
  assert.deepEqual(new Set(Object.keys(example)), new Set(Object.keys(VOCABULARY.contact)));
  const custom_fields = { ...example.custom_fields, balance: 5000, nested: { list: [1, null, { a: '' }] }, none: null, phone_number: 'mine' };
  const { asked } = await sent(t, createContact, contactOf({ ...example, custom_fields }));
  assert.deepEqual(JSON.parse(asked.body), { ...example, custom_fields });
});

test('a field that is not given, undefined or null is not sent', async (t) => {
  const { asked } = await sent(t, createContact, { phoneNumber: '+15551234567', firstName: null, email: undefined, customFields: null });
  assert.deepEqual(JSON.parse(asked.body), fixture('contact-basic'));
});

test('numbers as people write them are sent as E.164', async (t) => {
  const { asked } = await sent(t, createCall, { agentId: 'agt_1', phoneNumber: '+1 (415) 555-0123', fromNumber: 'tel:+1-415-555-0100' });
  const { phone_number, from_number } = JSON.parse(asked.body);
  assert.deepEqual([phone_number, from_number], ['+14155550123', '+14155550100']);
});

test('extra goes into the body beside what this vocabulary has', async (t) => {
  const extra = { folder_id: 'folder_abc123', keywords: ['a', 'b'], metadata: { deep: { er: null } }, industry: null };
  const { asked } = await sent(t, createContact, { ...contactOf(fixture('contact-full')), extra });
  assert.deepEqual(JSON.parse(asked.body), { ...fixture('contact-full'), ...extra });
  const call = await sent(t, createCall, { ...callOf(curl.body), extra: { priority: 1 } }, { idempotencyKey: key });
  assertSame(call, { ...curl, body: { ...curl.body, priority: 1 } });
});

test('a call without a key is sent under a fresh one each time, a contact under none', async (t) => {
  const keys = [];
  for (let count = 0; count < 3; count++) keys.push((await sent(t, createCall, callOf(curl.body))).asked.headers['x-idempotency-key']);
  for (const fresh of keys) assert.match(fresh, /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  assert.equal(new Set(keys).size, 3);
  assert.equal((await sent(t, createContact, { phoneNumber: '+15551234567' })).asked.headers['x-idempotency-key'], undefined);
});

test('a redirect is never followed: the request asks for that', async (t) => {
  assert.equal((await sent(t, createContact, { phoneNumber: '+15551234567' })).asked.redirect, 'manual');
});

test('baseUrl may stand with a slash at its end or without', async (t) => {
  const { requests, baseUrl } = await recorder(t, CREATED);
  for (const end of ['', '/', '//']) await createContact(createClient({ provider: 'truedy', apiKey: 'k', baseUrl: baseUrl + end }), { phoneNumber: '+15551234567' });
  assert.deepEqual(requests.map(({ url }) => url), Array(3).fill('/api/public/v1/contacts'));
});

/** A client whose vendor answers this document. */
function answering(document, status = 201, headers = {}) {
  const text = typeof document === 'string' ? document : JSON.stringify(document);
  return createClient({ provider: 'truedy', apiKey: 'k', fetch: async () => new Response(text, { status, headers }) });
}

test('the response example of the contact page is read, and kept as it came', async () => {
  const document = fixture('contact-created');
  const { data } = document;
  assert.deepEqual(await createContact(answering(document), { phoneNumber: '+12125551234' }), {
    id: data.id,
    name: data.name,
    phoneNumber: data.phone,
    email: data.email,
    customFields: data.custom_fields,
    createdAt: data.created_at,
    updatedAt: data.updated_at,
    provider: 'truedy',
    requestId: document.meta.request_id,
    raw: document,
  });
});

test('the response schema of the contact page is read, with every field that it has', async () => {
  const { ContactResponse, ResponseMeta } = fixture('contact-schemas');
  const exampleOf = (schema) => Object.fromEntries(Object.entries(schema.properties).map(([name, { example }]) => [name, example]));
  const document = { data: exampleOf(ContactResponse), meta: exampleOf(ResponseMeta) };
  const { raw, ...contact } = await createContact(answering(document), { phoneNumber: '+15551234567' });
  assert.deepEqual(raw, document);
  assert.deepEqual(contact, {
    id: 'ctc_aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee',
    phoneNumber: '+15551234567',
    firstName: 'John',
    lastName: 'Doe',
    email: 'john@example.com',
    customFields: { customer_id: 'CUST123', account_balance: 5000 },
    createdAt: '2026-03-03T20:30:21.310278Z',
    updatedAt: '2026-03-03T20:30:21.310278Z',
    provider: 'truedy',
    requestId: 'req_32e7531c-8',
  });
});

const CALL_VALUES = {
  id: '44ec8f61-6d9a-4553-a6ca-777f5f5ef95b',
  agent_id: '1f4baf16-1540-4d91-9696-7f34b2f2cb77',
  phone_number: '+14155550123',
  from_number: '+14155550100',
  direction: 'outbound',
  status: 'completed',
  started_at: '2026-03-03T20:30:26Z',
  ended_at: '2026-03-03T20:31:26.5Z',
  duration_seconds: 60,
  cost_usd: 0.125,
  summary: 'They spoke.',
  recording_url: 'https://recordings.example/1.mp3',
  context: { note: null, priority: 'high', deep: [{}] },
  created_at: '2026-03-03T20:30:21.310278Z',
  updated_at: '2026-03-03T20:31:26Z',
};

test('every field of the page\'s call object is read', async () => {
  assert.deepEqual(fixture('call-object').map(({ field }) => field).sort(), Object.keys(CALL_VALUES).sort());
  const document = { data: CALL_VALUES, meta: { request_id: 'req_1' } };
  assert.deepEqual(await createCall(answering(document), callOf(curl.body)), {
    id: CALL_VALUES.id,
    agentId: CALL_VALUES.agent_id,
    phoneNumber: CALL_VALUES.phone_number,
    fromNumber: CALL_VALUES.from_number,
    direction: 'outbound',
    status: 'completed',
    startedAt: CALL_VALUES.started_at,
    endedAt: CALL_VALUES.ended_at,
    durationSeconds: 60,
    costUsd: 0.125,
    summary: 'They spoke.',
    recordingUrl: CALL_VALUES.recording_url,
    context: CALL_VALUES.context,
    createdAt: CALL_VALUES.created_at,
    provider: 'truedy',
    requestId: 'req_1',
    raw: document,
  });
});

test('every status of the page keeps its name, those of the other documentation get one, and an unheard-of one is unknown', async () => {
  const others = { 'in-progress': 'in_progress', ended: 'completed', cancelled: 'canceled', Queued: 'queued', teleported: 'unknown' };
  const expected = { ...Object.fromEntries(fixture('call-statuses').map(({ status }) => [status, status])), ...others };
  for (const [word, status] of Object.entries(expected)) {
    const call = await createCall(answering({ data: { id: 'x', status: word } }), callOf(curl.body));
    assert.equal(call.status, status, word);
    assert.equal(call.raw.data.status, word);
  }
});

test('201 with status failed is a Call, not an error, and lastError says why', async () => {
  const data = { ...CALL_VALUES, status: 'failed', context: { last_error: 'SIP 503: no route' } };
  const call = await createCall(answering({ data }), callOf(curl.body));
  assert.deepEqual([call.status, call.lastError, call.context], ['failed', 'SIP 503: no route', data.context]);
});

test('raw is the vendor\'s document, whatever else stands in it', async () => {
  const text = '{"data":{"id":"x","__proto__":{"a":1},"constructor":7,"unheard":[1e400,"\\ud800"]},"extra":null}';
  const call = await createCall(answering(text), callOf(curl.body));
  assert.deepEqual(call.raw, JSON.parse(text));
  assert.equal(call.a, undefined);
});

test('the request id of the answer\'s header counts where the document has none', async () => {
  const call = await createCall(answering({ data: { id: 'x' } }, 201, { 'x-request-id': 'req_h' }), callOf(curl.body));
  assert.equal(call.requestId, 'req_h');
});

for (const generation of ['narrative', 'openapi']) {
  test(`contacts and calls of the vendor's ${generation} documentation come out alike`, async () => {
    const sandbox = createSandbox({ generation });
    const client = createClient({ provider: 'truedy', apiKey: 'truedy_test', fetch: (request) => sandbox.fetch(request) });
    const contact = await createContact(client, contactOf(fixture('contact-full')));
    assert.deepEqual([contact.phoneNumber, contact.email, contact.customFields], ['+15551234567', 'john@example.com', fixture('contact-full').custom_fields]);
    assert.equal(contact.name ?? `${contact.firstName} ${contact.lastName}`, 'John Doe');

    const call = await createCall(client, { ...callOf(curl.body), fromNumber: '+14155550100' });
    assert.deepEqual([call.status, call.direction, call.phoneNumber, call.fromNumber, call.agentId], ['queued', 'outbound', '+14155550123', '+14155550100', curl.body.agent_id]);
    for (const { id, createdAt, requestId } of [contact, call]) {
      assert.ok(id.length > 8 && isDateTime(createdAt), createdAt);
      assert.match(requestId, /^req_/);
    }
    const failed = await createCall(client, { ...callOf(curl.body), phoneNumber: '+14155550503' });
    assert.equal(failed.status, 'failed');
    assert.match(failed.lastError, /SIP 503/);
    assert.deepEqual(sandbox.requests.flatMap(({ ignored }) => ignored), [], 'fields that the vendor does not know');
    assert.deepEqual(sandbox.rang, { '+14155550123': 1 });
  });
}

test('results are plain data: structuredClone and JSON give them back', async () => {
  const call = await createCall(answering({ data: CALL_VALUES }), callOf(curl.body));
  assert.deepEqual(structuredClone(call), call);
  assert.deepEqual(JSON.parse(JSON.stringify(call)), call);
  assert.equal(Object.getPrototypeOf(call), Object.prototype);
});
