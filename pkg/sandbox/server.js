import { createServer } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { bodyChunks, firstHalf } from './answer-body.js';
import { readJson } from './http.js';
import { createSandbox, engineOf } from './sandbox.js';
import { VENDORS } from './vendors.js';

const METHODS = 'GET, POST, PATCH, PUT, DELETE';
const HEADERS = [...new Set(VENDORS.flatMap((vendor) => vendor.headers))].join(', ');
// A client that takes an idle connection up just as it is closed loses its POST, and on a busy machine Node's 5 s end often.
const IDLE_MS = 60_000;
const LOOPBACK = /^https?:\/\/(?:localhost|127\.0\.0\.1|\[::1\])(?::\d+)?$/;

/**
 * Serves a sandbox over HTTP: `serveSandbox({ port: 4010 })` -> `{ url, port, sandbox, close }`.
 * `port` 0 takes a free one. Pages on this machine may use it; `origins` names others ('*': all), since what was sent to
 * a sandbox may be read from it. Give a `sandbox`, or the options of a new one.
 */
export async function serveSandbox({ port = 0, host = '127.0.0.1', origins = [], sandbox, ...options } = {}) {
  if (sandbox && Object.keys(options).length > 0) throw new TypeError('serveSandbox: give a sandbox or its options, not both');
  const served = sandbox ?? createSandbox(options);
  const { arrive } = engineOf(served);
  const server = createServer((incoming, outgoing) => {
    answer(arrive, origins, incoming, outgoing).catch((cause) => {
      // The client went away, or sent a Host that makes no URL.
      if (outgoing.destroyed || outgoing.headersSent) outgoing.destroy();
      else outgoing.writeHead(400, { 'content-type': 'text/plain' }).end(String(cause));
    });
  });
  server.keepAliveTimeout = IDLE_MS;
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

async function answer(arrive, origins, incoming, outgoing) {
  const cors = corsHeaders(incoming.headers.origin, origins);
  if (incoming.method === 'OPTIONS') return outgoing.writeHead(204, cors).end();

  const left = new AbortController();
  outgoing.once('close', () => left.abort());
  const message = await readMessage(incoming);
  await deliver(await arrive(message, { signal: left.signal }), cors, outgoing);
}

async function readMessage(incoming) {
  const chunks = [];
  for await (const chunk of incoming) chunks.push(chunk);
  const url = `http://${incoming.headers.host ?? 'localhost'}${incoming.url}`;
  const headers = Object.fromEntries(Object.entries(incoming.headers).map(([name, value]) => [name, String(value)]));
  return readJson({ method: incoming.method, url, headers, body: new TextDecoder().decode(Buffer.concat(chunks)) });
}

async function deliver({ answer: whole, sent, then }, cors, outgoing) {
  const cut = () => then === 'cut' && outgoing.socket?.destroy();
  if (sent === 'nothing') return cut();
  const headers = { ...whole.headers, ...cors };
  if (whole.paddedTo !== undefined) return pipeline(bodyChunks(whole), outgoing.writeHead(whole.status, headers));
  outgoing.writeHead(whole.status, { ...headers, 'content-length': Buffer.byteLength(whole.text) });
  if (sent === 'all') return outgoing.end(whole.text);
  // The whole length was promised; the socket goes once the half is on its way.
  outgoing.write(firstHalf(whole.text), cut);
}

function corsHeaders(origin, origins) {
  if (origin === undefined) return {};
  if (origins !== '*' && !origins.includes(origin) && !LOOPBACK.test(origin)) return { vary: 'Origin' };
  return {
    vary: 'Origin',
    'access-control-allow-origin': origin,
    'access-control-allow-methods': METHODS,
    'access-control-allow-headers': HEADERS,
    'access-control-expose-headers': 'Allow, Date, Location, Retry-After',
    'access-control-max-age': '600',
  };
}
