import assert from 'node:assert/strict';
import { join } from 'node:path';
import test, { before } from 'node:test';
import { createCall, createClient, createContact } from '../../pkg/index.node.js';
import { serveSandbox } from '../../pkg/sandbox/server.js';
import { consumers, ensureConsumers, fromConsumers, startServer, workerModules } from './support/consumers.mjs';
import { CALL, KEY, NUMBER } from './support/relay.mjs';

const SESSION = 'a1';
const file = (...parts) => join(consumers, ...parts);

before(ensureConsumers, { timeout: 600_000 });

/** An example whose `open(t, env)` gives the address of its relay, and perhaps how to reach it. */
function example(name, open) {
  test(`the example for ${name} answers a form, and its key stays where it is`, { timeout: 120_000 }, async (t) => {
    const { url: vendor, sandbox, close } = await serveSandbox({ seed: 9 });
    t.after(close);
    const env = { TRUEDY_API_KEY: KEY, TRUEDY_URL: `${vendor}/api/public/v1`, SESSION };
    const { url, send = fetch } = await open(t, env);
    const seen = [];
    const page = (cookie) =>
      createClient({
        provider: 'relay',
        url,
        async fetch(request) {
          request.headers.set('cookie', cookie);
          request.headers.set('origin', new URL(url).origin);
          const response = await send(request);
          seen.push(JSON.stringify([...response.headers]), await response.clone().text());
          return response;
        },
      });
    const visitor = page(`session=${SESSION}`);
    assert.equal((await createContact(visitor, { phoneNumber: NUMBER, firstName: 'Grace' })).firstName, 'Grace');
    const calls = [await createCall(visitor, CALL, { idempotencyKey: 'form-1' }), await createCall(visitor, CALL, { idempotencyKey: 'form-1' })];
    assert.deepEqual([calls[0].provider, calls[0].id], ['truedy', calls[1].id]);
    assert.deepEqual(sandbox.rang, { [NUMBER]: 1 });
    assert.ok(sandbox.requests.every(({ headers }) => headers.authorization === `Bearer ${KEY}`));

    const sent = sandbox.requests.length;
    await assert.rejects(createCall(page('session=other'), CALL), { code: 'unauthorized', status: 401, provider: 'relay' });
    await assert.rejects(createCall(visitor, { ...CALL, phoneNumber: '+442079460958' }), { code: 'not_allowed' });
    const long = { ...CALL, variables: { note: 'x'.repeat(65_536) } };
    await assert.rejects(createCall(visitor, long), { code: 'rejected', status: 413 });
    assert.equal(sandbox.requests.length, sent);
    assert.ok(!seen.join('\n').includes(KEY), 'the key was answered to a page');
  });
}

/** An example that is a program, run by `command`. */
function program(name, command, args) {
  example(name, async (t, env) => ({ url: `${await startServer(t, command, args, env)}/api/outdial` }));
}

/** Gives an example that runs in this process its environment, and imports it. */
async function load(t, env, path) {
  for (const [variable, value] of Object.entries(env)) {
    process.env[variable] = value;
    t.after(() => delete process.env[variable]);
  }
  return import(file(path));
}

program('node:http', process.execPath, [file('relay-node/server.mjs')]);
program('Express', process.execPath, [file('relay-express/server.mjs')]);
program('Deno', file('node_modules/.bin/deno'), ['run', '--no-lock', '--node-modules-dir=manual', '--allow-env', '--allow-net=127.0.0.1', file('relay-deno/server.mjs')]);
program('Bun', file('node_modules/.bin/bun'), [file('relay-bun/server.mjs')]);

example('Hono', async (t, env) => {
  const { default: app } = await load(t, env, 'relay-hono/app.mjs');
  return { url: 'https://shop.example/api/outdial', send: (request) => app.fetch(request) };
});

example('AWS Lambda', async (t, env) => {
  const { handler } = await load(t, env, 'relay-lambda/handler.mjs');
  const url = 'https://abc123.lambda-url.us-east-1.on.aws/api/outdial';
  const send = async (request) => {
    const { statusCode, headers, body } = await handler(await functionUrlEvent(request));
    return new Response(body, { status: statusCode, headers });
  };
  return { url, send };
});

/** What a Lambda function URL makes of a request: cookies apart, and the body in base64. */
async function functionUrlEvent(request) {
  const { hostname, pathname, search } = new URL(request.url);
  const { cookie, ...headers } = Object.fromEntries(request.headers);
  return {
    version: '2.0',
    rawPath: pathname,
    rawQueryString: search.slice(1),
    headers,
    cookies: cookie.split('; '),
    requestContext: { domainName: hostname, http: { method: request.method, path: pathname } },
    body: Buffer.from(await request.arrayBuffer()).toString('base64'),
    isBase64Encoded: true,
  };
}

example('Cloudflare Workers', async (t, env) => {
  const { Miniflare } = await fromConsumers('miniflare');
  const worker = new Miniflare({ modulesRoot: '/', modules: workerModules(file('relay-worker/worker.mjs')), compatibilityDate: '2026-04-01', bindings: env });
  t.after(() => worker.dispose());
  return { url: new URL('api/outdial', await worker.ready).href };
});
