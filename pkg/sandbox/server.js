import { createServer } from 'node:http';
import { createSandbox } from './index.js';
import { VENDORS } from './vendors.js';

const METHODS = 'GET, POST, PATCH, PUT, DELETE';
const HEADERS = [...new Set(VENDORS.flatMap((vendor) => vendor.headers))].join(', ');
const LOOPBACK = /^https?:\/\/(?:localhost|127\.0\.0\.1|\[::1\])(?::\d+)?$/;

/**
 * Serves a sandbox over HTTP: `serveSandbox({ port: 4010 })` -> `{ url, port, sandbox, close }`.
 * `port` 0 takes a free one. Pages on this machine may use it; `origins` names others ('*': all), since what was sent to
 * a sandbox may be read from it. Give a `sandbox`, or the options of a new one.
 */
export async function serveSandbox({ port = 0, host = '127.0.0.1', origins = [], sandbox, ...options } = {}) {
  if (sandbox && Object.keys(options).length > 0) throw new TypeError('serveSandbox: give a sandbox or its options, not both');
  const served = sandbox ?? createSandbox(options);
  const server = createServer((incoming, outgoing) => {
    answer(served, origins, incoming, outgoing).catch((cause) => {
      // The client went away, or asked with a method that no Request can carry (TRACE).
      if (incoming.destroyed || outgoing.headersSent) outgoing.destroy();
      else outgoing.writeHead(400, { 'content-type': 'text/plain' }).end(String(cause));
    });
  });
  await new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  const address = server.address();
  const close = () =>
    new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return { url: `http://${host.includes(':') ? `[${host}]` : host}:${address.port}`, port: address.port, sandbox: served, close };
}

async function answer(sandbox, origins, incoming, outgoing) {
  const cors = corsHeaders(incoming.headers.origin, origins);
  if (incoming.method === 'OPTIONS') return outgoing.writeHead(204, cors).end();

  const chunks = [];
  for await (const chunk of incoming) chunks.push(chunk);
  const bodiless = incoming.method === 'GET' || incoming.method === 'HEAD';
  const response = await sandbox.fetch(`http://${incoming.headers.host ?? 'localhost'}${incoming.url}`, {
    method: incoming.method,
    headers: incoming.headers,
    body: bodiless ? undefined : Buffer.concat(chunks),
  });
  const body = Buffer.from(await response.arrayBuffer());
  outgoing.writeHead(response.status, { ...Object.fromEntries(response.headers), ...cors, 'content-length': body.length }).end(body);
}

function corsHeaders(origin, origins) {
  if (origin === undefined) return {};
  if (origins !== '*' && !origins.includes(origin) && !LOOPBACK.test(origin)) return { vary: 'Origin' };
  return {
    vary: 'Origin',
    'access-control-allow-origin': origin,
    'access-control-allow-methods': METHODS,
    'access-control-allow-headers': HEADERS,
    'access-control-max-age': '600',
  };
}
