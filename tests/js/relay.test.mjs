import assert from 'node:assert/strict';
import test from 'node:test';
import {
  createCall, createClient, createContact, createContacts, deleteCall, deleteCalls, getCall, getRecording, getTranscript, listCalls, resumeCall,
  updateCall, validateCall, validateContact,
} from '../../pkg/index.node.js';
import { toNodeHandler } from '../../pkg/relay.js';
import { AGENT, CALL, KEY, listen, NUMBER, openRelay, post, serveRelay } from './support/relay.mjs';

const CONTACT = { phoneNumber: '+1 415 555 0123', firstName: 'Grace', lastName: 'Hopper', email: 'grace@example.com', customFields: { plan: 'pro' } };
const EVERYTHING = ['createContact', 'createCall', 'listCalls', 'getCall', 'updateCall', 'deleteCall', 'deleteCalls', 'getRecording', 'getTranscript'];
const HUSH = /hush/;

/** What a page has: a client of the relay over HTTP, and all that it ever received. */
async function openPage(t, { page, ...options } = {}) {
  const served = await serveRelay(t, options);
  const seen = [];
  const requests = [];
  const listening = async (request) => {
    requests.push(await request.clone().json());
    const response = await fetch(request);
    seen.push(JSON.stringify([...response.headers]), await response.clone().text());
    return response;
  };
  const pageClient = createClient({ provider: 'relay', url: served.url, fetch: listening, ...page });
  return { ...served, pageClient, seen, requests };
}

async function failure(promise) {
  return promise.then(() => assert.fail('it did not fail'), (error) => error);
}

const without = (value, ...names) => Object.fromEntries(Object.entries(value).filter(([name]) => !names.includes(name)));

test('a form creates a contact and places a call, and sees what the server would, without raw', async (t) => {
  const { pageClient, sandbox, seen } = await openPage(t);
  const contact = await createContact(pageClient, CONTACT);
  const call = await createCall(pageClient, CALL);
  assert.deepEqual(sandbox.created, { calls: 1, contacts: 1, truedy: { calls: 1, contacts: 1 }, thoughtly: { calls: 0, contacts: 0 }, kore: { calls: 0, contacts: 0 } });
  assert.deepEqual(sandbox.rang, { [NUMBER]: 1 });

  const direct = openRelay();
  assert.deepEqual(contact, without(await createContact(direct.client, CONTACT), 'raw'));
  assert.deepEqual(call, without(await createCall(direct.client, CALL), 'raw'));
  assert.deepEqual([contact.provider, call.status], ['truedy', 'queued']);
  assert.ok(sandbox.requests.every(({ headers }) => headers.authorization === `Bearer ${KEY}`));
  assert.doesNotMatch(seen.join('\n'), HUSH);
});

test('raw: true hands on the platform\'s own document', async (t) => {
  const { pageClient } = await openPage(t, { raw: true });
  const contact = await createContact(pageClient, CONTACT);
  assert.equal(contact.raw.data.phone_number, NUMBER);
});

test('every operation goes through under its own name', async (t) => {
  const { pageClient, sandbox, seen } = await openPage(t, { allow: EVERYTHING });
  const call = await createCall(pageClient, CALL);
  sandbox.advance(3_600_000);
  assert.equal((await getCall(pageClient, call.id)).status, 'completed');
  const page = await listCalls(pageClient, { limit: 10 }).page();
  assert.deepEqual([page.items.map(({ id, raw }) => [id, raw]), page.total], [[[call.id, undefined]], 1]);
  const listed = [];
  for await (const { id } of listCalls(pageClient)) listed.push(id);
  assert.deepEqual(listed, [call.id]);
  assert.deepEqual((await updateCall(pageClient, call.id, { context: { note: 'x' } })).context.note, 'x');
  assert.equal(typeof (await getRecording(pageClient, call.id)).recordingUrl, 'string');
  assert.ok((await getTranscript(pageClient, call.id)).transcript);
  assert.deepEqual((await deleteCall(pageClient, call.id)).deletedIds, [call.id]);
  assert.deepEqual((await deleteCalls(pageClient, ['11111111-1111-4111-8111-111111111111'])).deletedIds, []);
  const results = [];
  for await (const { ok } of createContacts(pageClient, [CONTACT, { phoneNumber: 'x' }])) results.push(ok);
  assert.deepEqual(results, [true, false]);
  assert.doesNotMatch(seen.join('\n'), HUSH);
});

test('an input is validated in the page, and nothing is sent', async (t) => {
  const { pageClient, requests } = await openPage(t);
  const error = await failure(createCall(pageClient, { agentId: AGENT, phoneNumber: '+9198765xxxxx', volume: 11 }));
  assert.deepEqual([error.code, error.issues.map(({ path }) => path), error.attempts], ['invalid_input', ['phoneNumber', 'volume'], 0]);
  assert.deepEqual(requests, []);
  // What only some platforms take is for the relay to judge.
  assert.deepEqual(validateContact('relay', { ...CONTACT, salutation: 'Mr', tags: ['a'], name: 'G' }), []);
  assert.deepEqual(validateCall(pageClient, { contactId: 'c' }), []);
});

test('the relay\'s issues come back under the paths of the page\'s input', async (t) => {
  const { pageClient, sandbox } = await openPage(t);
  const error = await failure(createContact(pageClient, { ...CONTACT, salutation: 'Mr', tags: ['a'] }));
  const direct = await failure(createContact(openRelay().client, { ...CONTACT, salutation: 'Mr', tags: ['a'] }));
  assert.deepEqual([error.code, error.provider, error.issues, error.message], ['invalid_input', 'truedy', direct.issues, direct.message]);
  assert.deepEqual(sandbox.requests, []);
});

test('an error of the platform has the code, status and request that the server saw, and none of its words', async (t) => {
  for (const [name, input, options] of [
    ['payment', { ...CALL, phoneNumber: '+14155550402' }, {}],
    ['refused', { ...CALL, phoneNumber: '+14155550422' }, {}],
    ['failing', { ...CALL, phoneNumber: '+14155550502' }, { client: { maxRetries: 0 }, page: { maxRetries: 0 } }],
    ['revoked', CALL, { client: { apiKey: 'truedy_revoked' } }],
    ['blocked', CALL, { client: { apiKey: 'truedy_blocked' } }],
    ['limited', CALL, { client: { maxRetries: 0 }, sandbox: { faults: [{ kind: 'status', status: 429, hint: 'retry_after_seconds', afterMs: 7000 }] } }],
    ['thoughtly', { ...CALL, phoneNumber: '+14155550402' }, { provider: 'thoughtly' }],
  ]) {
    const { pageClient, seen } = await openPage(t, options);
    const error = await failure(createCall(pageClient, input, { idempotencyKey: 'key-1' }));
    const { page: _, ...same } = options;
    const direct = await failure(createCall(openRelay(same).client, input, { idempotencyKey: 'key-1' }));
    for (const field of ['code', 'status', 'provider', 'operation', 'requestId', 'retryAfterMs', 'idempotencyKey']) {
      assert.equal(error[field], direct[field], `${name}: ${field}`);
    }
    assert.deepEqual(error.issues?.map(({ path }) => path), direct.issues?.map(({ path }) => path), name);
    assert.equal(error.details?.contactId, direct.details?.contactId, name);
    assert.notEqual(error.message, direct.message, name);
    assert.doesNotMatch([...seen, error.stack, JSON.stringify(error)].join('\n'), HUSH);
    assert.ok(!seen.join('').includes(direct.message), `${name} repeats the platform's words`);
  }
});

test('a page without a session gets unauthorized, from the relay itself', async (t) => {
  const { pageClient, sandbox } = await openPage(t, { authorize: (request) => request.headers.has('cookie') });
  const error = await failure(createCall(pageClient, CALL));
  assert.deepEqual([error.code, error.status, error.provider, error.attempts], ['unauthorized', 401, 'relay', 1]);
  assert.deepEqual(sandbox.requests, []);
});

test('a refusal by the policy carries its decision', async (t) => {
  const { pageClient } = await openPage(t, { policy: { regions: ['GB'] } });
  const error = await failure(createCall(pageClient, CALL));
  const { metadataVersion, ...decision } = error.details;
  assert.deepEqual([error.code, decision], ['not_allowed', { allowed: false, rule: 'regions', region: 'US', type: 'fixed_line_or_mobile' }]);
  assert.match(metadataVersion, /^\d/);
});

test('the same key twice rings once, one after the other and both at once', async (t) => {
  for (const provider of ['truedy', 'thoughtly']) {
    const { pageClient, url, sandbox } = await openPage(t, { provider, sandbox: { latencyMs: 20 } });
    const other = createClient({ provider: 'relay', url });
    const options = { idempotencyKey: 'form-77' };
    const both = await Promise.all([createCall(pageClient, CALL, options), createCall(other, CALL, options)]);
    assert.deepEqual(both[0], both[1]);
    assert.deepEqual(sandbox.rang, { [NUMBER]: 1 }, provider);
  }
  const { pageClient, sandbox, requests } = await openPage(t);
  const first = await createCall(pageClient, CALL, { idempotencyKey: 'form-78' });
  const second = await createCall(pageClient, CALL, { idempotencyKey: 'form-78' });
  assert.equal(first.id, second.id);
  assert.deepEqual(sandbox.rang, { [NUMBER]: 1 });
  assert.deepEqual(sandbox.requests.map(({ headers }) => headers['x-idempotency-key']), ['form-78', 'form-78']);
  await createCall(pageClient, CALL);
  assert.match(requests.at(-1).options.idempotencyKey, /^[\da-f-]{36}$/);
});

test('a lost answer is outcome_unknown with its key, and that key does not ring again', async (t) => {
  const { relay, sandbox } = openRelay();
  const handle = toNodeHandler(relay);
  let lost = 0;
  const url = await listen(t, async (req, res) => {
    if (lost++ > 0) return handle(req, res);
    await relay(post({ ...(await new Response(req).json()) }));
    req.socket.destroy();
  });
  const pageClient = createClient({ provider: 'relay', url });
  const error = await failure(createCall(pageClient, CALL));
  assert.deepEqual([error.code, error.attempts, error.provider], ['outcome_unknown', 1, 'relay']);
  assert.deepEqual(sandbox.rang, { [NUMBER]: 1 });
  await assert.rejects(resumeCall(pageClient, error), { code: 'unsupported' });
  const call = await createCall(pageClient, CALL, { idempotencyKey: error.idempotencyKey });
  assert.deepEqual([call.status, sandbox.rang], ['queued', { [NUMBER]: 1 }]);
});

test('an unknown outcome is settled under its key where the relay\'s platform keeps keys, and nowhere else', async (t) => {
  const cut = { client: { maxRetries: 0 }, page: { timeoutMs: 300 }, sandbox: { faults: [{ on: { operation: 'createCall' }, kind: 'cut_after', times: 1 }] } };
  const keeping = await openPage(t, cut);
  assert.equal((await createCall(keeping.pageClient, CALL)).status, 'queued');
  assert.deepEqual([keeping.requests.length, keeping.sandbox.rang], [2, { [NUMBER]: 1 }]);
  assert.equal(keeping.requests[0].options.idempotencyKey, keeping.requests[1].options.idempotencyKey);

  const forgetful = await openPage(t, { ...cut, provider: 'thoughtly' });
  const error = await failure(createCall(forgetful.pageClient, CALL));
  assert.deepEqual([error.code, error.provider, forgetful.requests.length, forgetful.sandbox.rang], ['outcome_unknown', 'thoughtly', 1, { [NUMBER]: 1 }]);
  assert.equal(typeof error.details.contactId, 'string');
});

test('the relay answers before the page gives up', async (t) => {
  const hanging = { sandbox: { faults: [{ kind: 'never' }] }, page: { timeoutMs: 1000, maxRetries: 0 } };
  const { pageClient } = await openPage(t, hanging);
  const error = await failure(createCall(pageClient, CALL));
  assert.deepEqual([error.code, error.provider], ['outcome_unknown', 'truedy']);
  const late = await failure(createContact(pageClient, CONTACT));
  assert.deepEqual([late.code, late.provider], ['timeout', 'truedy']);
});

test('what the relay turned away is sent again after the wait it asks for', async (t) => {
  let asked = 0;
  const { pageClient, sandbox } = await openPage(t, { rateLimit: () => (asked++ > 0 ? true : { allow: false, retryAfterMs: 20 }) });
  assert.equal((await createCall(pageClient, CALL)).status, 'queued');
  assert.deepEqual([asked, sandbox.rang], [2, { [NUMBER]: 1 }]);
});

test('an address behind which there is no relay is told as such', async (t) => {
  for (const [status, body, contactCode, callCode] of [
    [200, '<html>', 'bad_response', 'outcome_unknown'],
    [200, '{"ok":true}', 'bad_response', 'outcome_unknown'],
    [404, '<html>', 'not_found', 'not_found'],
    [502, '<html>', 'provider_error', 'outcome_unknown'],
  ]) {
    const url = await listen(t, (_, res) => res.writeHead(status).end(body));
    const client = createClient({ provider: 'relay', url });
    const errors = [await failure(createContact(client, CONTACT)), await failure(createCall(client, CALL))];
    assert.deepEqual(errors.map(({ code, provider }) => [code, provider]), [[contactCode, 'relay'], [callCode, 'relay']], `${status} ${body}`);
  }
});
