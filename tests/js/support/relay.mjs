import { once } from 'node:events';
import { createServer } from 'node:http';
import { createClient } from '../../../pkg/index.node.js';
import { createRelay, toNodeHandler } from '../../../pkg/relay.js';
import { createSandbox } from '../../../pkg/sandbox/index.js';

export const KEY = 'truedy_hush_4d1f0c';
export const AGENT = '1f4baf16-1540-4d91-9696-7f34b2f2cb77';
export const NUMBER = '+14155550123';
export const CALL = { agentId: AGENT, phoneNumber: NUMBER };

const CREDENTIALS = {
  truedy: { apiKey: KEY },
  thoughtly: { apiToken: KEY, teamId: 'team_hush_77' },
};

/** A sandbox, a client that alone holds a key, and the relay in front of it; `options` are the relay's. */
export function openRelay({ provider = 'truedy', client: config, sandbox: settings, ...options } = {}) {
  const sandbox = createSandbox({ seed: 5, ...settings });
  const client = createClient({ provider, ...CREDENTIALS[provider], fetch: (request) => sandbox.fetch(request), ...config });
  const relay = createRelay({ client, allow: ['createContact', 'createCall'], policy: { regions: ['US'] }, authorize: () => true, ...options });
  return { sandbox, client, relay };
}

/** Serves a handler `(req, res)` over HTTP on the loopback address; gives its URL. */
export async function listen(t, handler) {
  const server = createServer(handler).listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.after(() => server.closeAllConnections());
  t.after(() => server.close());
  return `http://127.0.0.1:${server.address().port}/api/outdial`;
}

export async function serveRelay(t, options) {
  const opened = openRelay(options);
  return { ...opened, url: await listen(t, toNodeHandler(opened.relay)) };
}

/** The message of a version, as a page sends it. */
export function messageOf(operation, input, options = { idempotencyKey: 'key-1' }) {
  return { version: 1, operation, input, options: operation === 'createCall' ? options : {} };
}

export const post = (body = messageOf('createCall', CALL), { url = 'https://shop.example/api/outdial', headers, ...init } = {}) =>
  new Request(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: typeof body === 'object' && body.constructor === Object ? JSON.stringify(body) : body,
    duplex: 'half',
    ...init,
  });
