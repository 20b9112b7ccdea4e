import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import test from 'node:test';
import { serve } from '../../pkg/tools/serve.mjs';

const FILES = {
  'public/index.html': '<p>front</p>',
  'public/part/index.html': '<p>part</p>',
  'public/style.css': 'p {}',
  'public/app.js': 'export {}',
  'public/app.mjs': 'export {}',
  'public/outdial.wasm': '\0asm',
  'public/a b.txt': 'spaced',
  'public/.env': 'SECRET=1',
  'secret.txt': 'outside',
};

async function serving(t, options) {
  const folder = mkdtempSync(join(tmpdir(), 'outdial-serve-'));
  t.after(() => rmSync(folder, { recursive: true }));
  for (const [name, content] of Object.entries(FILES)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
  symlinkSync(join(folder, 'secret.txt'), join(folder, 'public/link.txt'));
  const server = await serve({ mounts: [{ path: '/', folder: join(folder, 'public') }], ...options });
  t.after(server.close);
  return server;
}

/** Sends the path as it is written: fetch would tidy the dots away before the server sees them. */
function get(server, path, method = 'GET') {
  const { hostname, port } = new URL(server.url);
  return new Promise((resolve, reject) => {
    const sent = request({ hostname, port, path, method }, async (response) => {
      const chunks = await response.toArray();
      resolve({ status: response.statusCode, headers: response.headers, text: Buffer.concat(chunks).toString() });
    });
    sent.on('error', reject).end();
  });
}

const TYPES = [
  ['/', 'text/html; charset=utf-8'],
  ['/part/', 'text/html; charset=utf-8'],
  ['/style.css?v=1', 'text/css; charset=utf-8'],
  ['/app.js', 'text/javascript; charset=utf-8'],
  ['/app.mjs', 'text/javascript; charset=utf-8'],
  ['/outdial.wasm', 'application/wasm'],
  ['/a%20b.txt', 'text/plain; charset=utf-8'],
];

test('every kind of file is served with its type', async (t) => {
  const server = await serving(t);
  for (const [path, type] of TYPES) {
    const { status, headers } = await get(server, path);
    assert.deepEqual([path, status, headers['content-type']], [path, 200, type]);
  }
});

const ESCAPES = [
  '/../secret.txt',
  '/part/../../secret.txt',
  '/%2e%2e/secret.txt',
  '/..%2fsecret.txt',
  '/..%252fsecret.txt',
  '/..\\secret.txt',
  '/%5c..%5csecret.txt',
  '//secret.txt',
  '/./../secret.txt',
  '/app.js%00.txt',
  '/%',
  '/link.txt',
  '/.env',
  '/part',
  '/missing.js',
];

test('nothing outside the folder, hidden or missing is served', async (t) => {
  const server = await serving(t);
  for (const path of ESCAPES) {
    const { status, text } = await get(server, path);
    assert.deepEqual([path, status, text], [path, 404, '404: no such file\n']);
  }
});

test('an absolute target cannot name another file', async (t) => {
  assert.equal((await get(await serving(t), 'file:///etc/passwd')).status, 404);
});

test('scripts run only from this server, and may compile WebAssembly', async (t) => {
  const server = await serving(t);
  for (const path of ['/', '/missing.js']) {
    const { headers } = await get(server, path);
    const policy = headers['content-security-policy'].split('; ');
    assert.ok(policy.includes("script-src 'self' 'wasm-unsafe-eval'"), policy);
    assert.ok(policy.includes("default-src 'none'"), policy);
    assert.ok(policy.includes("connect-src 'self'"), policy);
    assert.doesNotMatch(headers['content-security-policy'], /'unsafe-(?:inline|eval)'/);
    assert.equal(headers['x-content-type-options'], 'nosniff');
  }
});

test('files are only read', async (t) => {
  const server = await serving(t);
  const { status, headers } = await get(server, '/app.js', 'POST');
  assert.deepEqual([status, headers.allow], [405, 'GET, HEAD']);
  const head = await get(server, '/app.js', 'HEAD');
  assert.deepEqual([head.status, head.headers['content-length'], head.text], [200, '9', '']);
});

test('the server listens on the loopback address alone', async (t) => {
  assert.match((await serving(t)).url, /^http:\/\/127\.0\.0\.1:\d+\/$/);
});

test('a taken port is an error, or gives way to a free one where that is asked for', async (t) => {
  const first = await serving(t);
  const port = Number(new URL(first.url).port);
  await assert.rejects(serve({ port }), { code: 'EADDRINUSE' });
  const second = await serving(t, { port, orFree: true });
  assert.notEqual(second.url, first.url);
  assert.equal((await get(second, '/')).status, 200);
});

test('the package is served at /outdial/, without its tools', async (t) => {
  const server = await serve();
  t.after(server.close);
  const { status, headers } = await get(server, '/outdial/dist/outdial.wasm');
  assert.deepEqual([status, headers['content-type']], [200, 'application/wasm']);
  for (const path of ['package.json', 'tools/serve.mjs', 'node_modules/binaryen/package.json', 'dist/../tools/serve.mjs', 'dist/../package.json']) {
    assert.equal((await get(server, `/outdial/${path}`)).status, 404, path);
  }
});

test('a request below /sandbox/truedy/ reaches the sandbox with the rest of its path, whole', async (t) => {
  const seen = [];
  const sandbox = {
    async fetch(request) {
      const { pathname, search } = new URL(request.url);
      seen.push([request.method, pathname + search, request.headers.get('authorization'), await request.text()]);
      return Response.json({ data: { status: 'queued' } }, { status: 201, headers: { 'x-request-id': 'one' } });
    },
  };
  const server = await serving(t, { sandbox });
  const options = { method: 'POST', headers: { authorization: 'Bearer key' }, body: '{"first_name":"Zoë"}' };
  const response = await fetch(`${server.url}sandbox/truedy/api/public/v1/calls?page=2`, options);
  assert.deepEqual([response.status, response.headers.get('x-request-id')], [201, 'one']);
  assert.deepEqual(await response.json(), { data: { status: 'queued' } });
  await fetch(`${server.url}sandbox/truedy/api/public/v1/calls`);
  assert.deepEqual(seen, [
    ['POST', '/api/public/v1/calls?page=2', 'Bearer key', '{"first_name":"Zoë"}'],
    ['GET', '/api/public/v1/calls', null, ''],
  ]);
});

test('a sandbox that fails answers 500 and the server goes on', async (t) => {
  const server = await serving(t, { sandbox: { fetch: () => Promise.reject(new Error('broken')) } });
  const { status, text } = await get(server, '/sandbox/truedy/api');
  assert.deepEqual([status, text], [500, '500: broken\n']);
  assert.equal((await get(server, '/')).status, 200);
});
