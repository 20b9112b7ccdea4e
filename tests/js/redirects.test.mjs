import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import test from 'node:test';
import { CALLS, clientAt, CONFIGS, CONTACTS, outdial, settled } from './support/platforms.mjs';

const STATUSES = [301, 302, 303, 307, 308];
const RECORDS = {
  listCalls: (client) => outdial.listCalls(client).page(),
  getCall: (client) => outdial.getCall(client, 'a'),
  updateCall: (client) => outdial.updateCall(client, 'a', { context: { a: 1 } }),
  deleteCall: (client) => outdial.deleteCall(client, 'a'),
  deleteCalls: (client) => outdial.deleteCalls(client, ['a']),
  getRecording: (client) => outdial.getRecording(client, 'a'),
  getTranscript: (client) => outdial.getTranscript(client, 'a'),
};
const OPERATIONS = Object.keys(CONFIGS).flatMap((provider) => Object.entries({
  createContact: (client) => outdial.createContact(client, CONTACTS[provider]),
  createCall: (client) => outdial.createCall(client, CALLS[provider]),
  ...(provider === 'truedy' && RECORDS),
}).map(([name, run]) => ({ provider, name, run })));

/** A server that answers as `answer` says, and what arrived there. */
async function serve(t, answer) {
  const arrived = [];
  const server = createServer(async (incoming, outgoing) => {
    let body = '';
    for await (const chunk of incoming) body += chunk;
    arrived.push({ url: incoming.url, headers: incoming.headers, body });
    answer(incoming, outgoing);
  }).listen(0, '127.0.0.1');
  // A connection that ends while a busy machine thinks would be another failure.
  server.keepAliveTimeout = 600_000;
  await once(server, 'listening');
  t.after(() => server.closeAllConnections());
  t.after(() => server.close());
  return { url: `http://127.0.0.1:${server.address().port}`, arrived };
}

const good = (_, outgoing) => outgoing.writeHead(201, { 'content-type': 'application/json' }).end('{"data":{"id":"elsewhere","status":"queued"}}');

test('no operation follows a redirect, to its own origin or to another', { timeout: 600_000 }, async (t) => {
  const thief = await serve(t, good);
  const port = new URL(thief.url).port;
  let location;
  let status;
  const platform = await serve(t, (incoming, outgoing) => (incoming.url.includes('stolen') ? good(incoming, outgoing) : outgoing.writeHead(status, { location }).end()));
  for (const target of [`${thief.url}/stolen`, `http://user:secret@127.0.0.1:${port}/stolen`, `//127.0.0.1:${port}/stolen`, '/stolen', 'stolen']) {
    for (const code of STATUSES) {
      [location, status] = [target, code];
      for (const { provider, name, run } of OPERATIONS) {
        platform.arrived.length = 0;
        const { error } = await settled(run(clientAt(provider, platform.url, { maxRetries: 0, timeoutMs: 20_000 })));
        const where = `${provider} ${name}, ${code} to ${target}`;
        assert.ok(['bad_response', 'outcome_unknown'].includes(error?.code), `${where}: ${error?.code ?? 'taken'}`);
        assert.deepEqual([thief.arrived.length, platform.arrived.length], [0, 1], where);
        assert.ok(!platform.arrived.some(({ url }) => url.includes('stolen')), where);
        assert.ok(!`${error} ${JSON.stringify(error)}`.includes('user:secret'), where);
      }
    }
  }
});

test('a run of many contacts follows no redirect either, even of a host that has answered well', async (t) => {
  const thief = await serve(t, good);
  const redirect = (_, outgoing) => outgoing.writeHead(307, { location: `${thief.url}/stolen` }).end();
  let answer = redirect;
  const platform = await serve(t, (incoming, outgoing) => answer(incoming, outgoing));
  const client = clientAt('truedy', platform.url, { maxRetries: 0, timeoutMs: 20_000 });
  const inputs = Array(4).fill(CONTACTS.truedy);
  const run = async () => {
    const results = [];
    for await (const result of outdial.createContacts(client, inputs, { concurrency: 1, perMinute: Infinity })) {
      results.push(result);
      if (results.length === 3) answer = redirect;
    }
    return results.map(({ value, error }) => value?.id ?? `${error.code} ${error.status ?? 'redirect'}`);
  };
  assert.deepEqual(await run(), Array(4).fill('bad_response 307'), 'a wrong baseUrl is told where it points');
  answer = good;
  assert.deepEqual(await run(), ['elsewhere', 'elsewhere', 'elsewhere', 'bad_response redirect']);
  assert.deepEqual([thief.arrived.length, platform.arrived.length], [0, 8]);
});

test('what a fetch of the caller\'s brings from where it was redirected to is no answer of the platform', { timeout: 600_000 }, async (t) => {
  const elsewhere = await serve(t, good);
  let status;
  const platform = await serve(t, (_, outgoing) => outgoing.writeHead(status, { location: `${elsewhere.url}/x` }).end());
  const follows = (request) => fetch(new Request(request, { redirect: 'follow' }));
  for (const code of STATUSES) {
    status = code;
    for (const { provider, name, run } of OPERATIONS) {
      const { error } = await settled(run(clientAt(provider, platform.url, { maxRetries: 0, timeoutMs: 20_000, fetch: follows })));
      const want = name === 'createCall' && provider !== 'thoughtly' ? 'outcome_unknown' : 'bad_response';
      assert.equal(error?.code, want, `${provider} ${name}, ${code}`);
    }
  }
});
