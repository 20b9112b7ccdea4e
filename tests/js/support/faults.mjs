import { once } from 'node:events';
import { createServer } from 'node:http';

const HOST = '127.0.0.1';

// What a platform's gateway would say to a page: everything here is about what comes after.
const CORS = {
  'access-control-allow-origin': '*',
  'access-control-allow-headers': 'authorization, content-type, x-idempotency-key',
  'access-control-allow-methods': 'GET, POST, PATCH, DELETE',
  'access-control-expose-headers': 'x-request-id',
};

/**
 * A server that answers as the address asks it to: `<url>/<id>/<recipe>/...`, as `faultyUrl` of outcome.mjs writes it.
 * A recipe is `{ status, headers, body, ending }`; `ending` is 'whole' (default), 'hang' (no answer at all), 'reset' (the
 * connection breaks instead), 'stall' (half the body, and then nothing) or 'cut' (half the body, and the connection
 * breaks). `<url>/seen/<id>` lists what arrived under an id.
 */
export async function openFaults() {
  const seen = new Map();
  const server = createServer((incoming, outgoing) => void serve(seen, incoming, outgoing));
  server.listen(0, HOST);
  await once(server, 'listening');
  return {
    url: `http://${HOST}:${server.address().port}`,
    close: () => new Promise((resolve) => {
      server.close(resolve);
      server.closeAllConnections();
    }),
  };
}

/** An address where nobody listens. */
export async function closedUrl() {
  const server = createServer().listen(0, HOST);
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return `http://${HOST}:${port}`;
}

async function serve(seen, incoming, outgoing) {
  const [, id, recipe] = incoming.url.split('/');
  for (const [name, value] of Object.entries(CORS)) outgoing.setHeader(name, value);
  if (incoming.method === 'OPTIONS') return outgoing.writeHead(204).end();
  if (id === 'seen') return outgoing.end(JSON.stringify(seen.get(recipe) ?? []));
  const chunks = [];
  for await (const chunk of incoming) chunks.push(chunk);
  const request = { method: incoming.method, path: incoming.url, headers: incoming.headers, body: Buffer.concat(chunks).toString() };
  seen.set(id, [...(seen.get(id) ?? []), request]);
  answer(JSON.parse(Buffer.from(recipe, 'base64url')), incoming, outgoing);
}

function answer({ status = 201, headers = {}, body = '', ending = 'whole' }, incoming, outgoing) {
  if (ending === 'hang') return;
  if (ending === 'reset') return void incoming.socket.destroy();
  const bytes = Buffer.from(body);
  outgoing.writeHead(status, { 'content-type': 'application/json', 'content-length': bytes.length, ...headers });
  if (ending === 'whole') return void outgoing.end(bytes);
  outgoing.write(bytes.subarray(0, bytes.length >> 1), () => {
    if (ending === 'cut') incoming.socket.destroy();
  });
}
