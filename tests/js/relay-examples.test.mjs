import { join } from 'node:path';
import { before } from 'node:test';
import { consumers, ensureConsumers, fromConsumers, startServer, workerModules } from './support/consumers.mjs';
import { example } from './support/relay-example.mjs';

const file = (...parts) => join(consumers, ...parts);

before(ensureConsumers, { timeout: 600_000 });

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
