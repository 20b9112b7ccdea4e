import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { request } from 'node:http';
import test from 'node:test';
import { fileURLToPath } from 'node:url';
import { createSandbox } from '../../pkg/sandbox/index.js';
import { serveSandbox } from '../../pkg/sandbox/server.js';
import { fixture, NUMBER, REQUESTS } from './sandbox-support.mjs';

const PAGE = 'http://localhost:5173';

async function serving(t, options) {
  const server = await serveSandbox(options);
  t.after(server.close);
  return { ...server, api: `${server.url}/api/public/v1` };
}

const create = (api, headers) => {
  const example = fixture('curl-create-call');
  return fetch(`${api}/calls`, { method: 'POST', headers: { ...example.headers, ...headers }, body: JSON.stringify(example.body) });
};

test('the same sandbox answers over HTTP', async (t) => {
  const sandbox = createSandbox();
  const { api, url } = await serving(t, { sandbox });
  assert.match(url, /^http:\/\/127\.0\.0\.1:\d+$/);
  const first = await create(api);
  const second = await create(api);
  assert.equal(first.status, 201);
  assert.equal(await first.text(), await second.text());
  assert.deepEqual(sandbox.rang, { [NUMBER]: 1 });
  assert.equal(sandbox.requests[0].url, `${api}/calls`);
  const wrong = await fetch(`${api}/calls`, { method: 'PUT' });
  assert.deepEqual([wrong.status, wrong.headers.get('allow')], [405, 'GET, POST']);
});

test('one server answers for all three vendors', async (t) => {
  const { url, sandbox } = await serving(t);
  for (const [name, request] of Object.entries(REQUESTS)) {
    const path = new URL(request.url).pathname;
    const response = await fetch(url + path, { method: 'POST', headers: request.headers, body: JSON.stringify(request.body) });
    assert.ok(response.ok, name);
  }
  assert.deepEqual(sandbox.arrived, Object.fromEntries(Object.keys(REQUESTS).map((name) => [name, 1])));
  assert.deepEqual(sandbox.contacts.map(({ provider }) => provider), ['truedy', 'thoughtly', 'kore']);
});

test('a page of this machine passes the preflight with every header that the pages name', async (t) => {
  const { api } = await serving(t);
  const preflight = await fetch(`${api}/calls`, {
    method: 'OPTIONS',
    headers: { origin: PAGE, 'access-control-request-method': 'POST', 'access-control-request-headers': 'authorization,content-type,x-idempotency-key' },
  });
  assert.equal(preflight.status, 204);
  assert.equal(preflight.headers.get('access-control-allow-origin'), PAGE);
  const allowed = preflight.headers.get('access-control-allow-headers').toLowerCase().split(', ');
  assert.deepEqual(allowed, ['authorization', 'content-type', 'x-idempotency-key', 'x-api-token', 'team_id', 'auth', 'accountid']);
  for (const method of ['POST', 'PATCH', 'DELETE']) assert.ok(preflight.headers.get('access-control-allow-methods').includes(method));
  assert.equal((await create(api, { origin: PAGE })).headers.get('access-control-allow-origin'), PAGE);
});

test('a page from elsewhere may read answers only if it is named', async (t) => {
  const elsewhere = 'https://example.com';
  const closed = await serving(t);
  assert.equal((await create(closed.api, { origin: elsewhere })).headers.get('access-control-allow-origin'), null);
  assert.equal((await create(closed.api, { origin: 'http://localhost.example.com' })).headers.get('access-control-allow-origin'), null);
  for (const origins of [[elsewhere], '*']) {
    const { api } = await serving(t, { origins });
    assert.equal((await create(api, { origin: elsewhere })).headers.get('access-control-allow-origin'), elsewhere);
  }
});

test('without strictKeys two requests on the wire at once dial twice', async (t) => {
  const { api, sandbox } = await serving(t, { strictKeys: false, latencyMs: 50 });
  await Promise.all([create(api), create(api)]);
  assert.deepEqual(sandbox.rang, { [NUMBER]: 2 });
});

test('a Host that makes no URL is 400', async (t) => {
  const { port } = await serving(t);
  const [answer] = await once(request({ port, host: '127.0.0.1', path: '/contact/call', headers: { host: 'a b' } }).end(), 'response');
  answer.resume();
  assert.equal(answer.statusCode, 400);
});

test('a sandbox and the options of another are not taken together', async () => {
  await assert.rejects(serveSandbox({ sandbox: createSandbox(), seed: 1 }), TypeError);
  await assert.rejects(serveSandbox({ fault: [] }), /unknown option "fault"/);
});

const command = (...args) => spawn(process.execPath, [fileURLToPath(new URL('../../pkg/bin/outdial.js', import.meta.url)), ...args]);

async function finished(child) {
  let text = '';
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (part) => (text += part));
  const [code] = await once(child, 'close');
  return { code, text };
}

test('outdial sandbox prints its address, serves, and stops on SIGINT', async (t) => {
  const child = command('sandbox', '--port', '0', '--generation', 'openapi');
  t.after(() => child.kill());
  const [line] = await once(child.stdout.setEncoding('utf8'), 'data');
  const [api] = /http:\/\/127\.0\.0\.1:\d+\/api\/public\/v1/.exec(line);
  const response = await fetch(`${api}/contacts`, {
    method: 'POST',
    headers: { authorization: 'Bearer any', 'content-type': 'application/json' },
    body: JSON.stringify(fixture('contact-basic')),
  });
  assert.match((await response.json()).data.id, /^cnt_/);
  child.kill('SIGINT');
  assert.deepEqual(await once(child, 'exit'), [0, null]);
});

test('outdial sandbox takes faults', async (t) => {
  const child = command('sandbox', '--port', '0', '--faults', '[{"kind":"status","status":503}]');
  t.after(() => child.kill());
  const [text] = await once(child.stdout.setEncoding('utf8'), 'data');
  const [api] = /http:\/\/127\.0\.0\.1:\d+\/api\/public\/v1/.exec(text);
  assert.equal((await create(api)).status, 503);
});

test('outdial says what is wrong with its arguments', async (t) => {
  const { sandbox: _, port } = await serving(t);
  const cases = [[['serve'], /expected the command/], [['sandbox', '--port', 'x'], /--port must be/], [['sandbox', '--port', String(port)], /the port is taken/], [['sandbox', '--generation', 'new'], /generation/], [['sandbox', '--faults', '{'], /--faults must be JSON/], [['sandbox', '--faults', '[{"kind":"x"}]'], /faults\[0\]\.kind/], [['sandbox', '--speed', '1'], /--speed/]];
  for (const [args, expected] of cases) {
    const { code, text } = await finished(command(...args));
    assert.equal(code, 1);
    assert.match(text, expected);
  }
  const help = await finished(command('--help'));
  assert.deepEqual([help.code, help.text.startsWith('outdial sandbox')], [0, true]);
});
