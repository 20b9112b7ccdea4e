import { createReadStream } from 'node:fs';
import { realpath, stat } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join, sep } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { constants, createBrotliCompress } from 'node:zlib';
import { securityHeaders } from './headers.mjs';
import { pkg, www } from './paths.mjs';

const HOST = '127.0.0.1';

const TYPES = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.jpg': 'image/jpeg',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.mjs': 'text/javascript; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.ts': 'text/plain; charset=utf-8',
  '.txt': 'text/plain; charset=utf-8',
  '.wasm': 'application/wasm',
  '.woff2': 'font/woff2',
};

// What npm publishes of pkg/; the tools and their packages are not the page's business.
const PACKAGE_FILES = /^(?:(?:bulk|csv|dist|element|forms|phone|queue|relay|sandbox|zones)\/.+|[^/]+\.(?:js|d\.ts))$/;

export const SITE = [
  { path: '/outdial/', folder: pkg, only: PACKAGE_FILES },
  // What the demo measures itself against; the package needs none of it.
  { path: '/vendor/libphonenumber-js/', folder: join(pkg, 'node_modules/libphonenumber-js'), only: /\.js$/ },
  { path: '/', folder: www },
];

/**
 * Serves files, and a sandbox (anything with `fetch(Request) -> Promise<Response>`) below /sandbox/truedy/, on the
 * loopback address alone. Gives `{ url, close }`.
 * `mounts`: the first whose path matches serves; `only` limits its files. `connect`: origins that pages may also fetch from.
 * `relays`: handlers `(req, res)` by their paths. `policy`: more of the content security policy; `headers`: more of them,
 * with every answer; `compress`: files go out in brotli, as a host sends them.
 * `port` 0 takes a free one; `orFree` does so too when the port is taken.
 */
export async function serve({ port = 0, orFree = false, mounts = SITE, sandbox, relays = {}, connect = [], policy, headers: more = {}, compress = false } = {}) {
  const headers = { ...securityHeaders({ connect, policy }), 'cache-control': 'no-store', ...more };
  const server = createServer((incoming, outgoing) => {
    for (const [name, value] of Object.entries(headers)) outgoing.setHeader(name, value);
    answer({ mounts, sandbox, relays, compress }, incoming, outgoing).catch((error) => {
      if (outgoing.headersSent) outgoing.destroy();
      else refuse(outgoing, 500, error.message);
    });
  });
  // A test may be busy for longer than the usual five seconds, and then ask on a connection that is being closed.
  server.keepAliveTimeout = 60_000;
  await listen(server, port).catch((error) => {
    if (!orFree || error.code !== 'EADDRINUSE') throw error;
    return listen(server, 0);
  });
  return { url: `http://${HOST}:${server.address().port}/`, close: () => close(server) };
}

const SANDBOX_PATH = '/sandbox/truedy';

async function answer({ mounts, sandbox, relays, compress }, incoming, outgoing) {
  if (Object.hasOwn(relays, incoming.url)) return relays[incoming.url](incoming, outgoing);
  if (sandbox && incoming.url.startsWith(`${SANDBOX_PATH}/`)) return forward(sandbox, incoming, outgoing);
  if (!['GET', 'HEAD'].includes(incoming.method)) return refuse(outgoing.setHeader('allow', 'GET, HEAD'), 405, 'only GET and HEAD');
  const file = await find(mounts, incoming.url);
  if (!file) return refuse(outgoing, 404, 'no such file');
  const type = TYPES[extname(file.path)] ?? 'application/octet-stream';
  if (compress && /\bbr\b/.test(incoming.headers['accept-encoding'])) {
    outgoing.writeHead(200, { 'content-type': type, 'content-encoding': 'br' });
    return pipeline(createReadStream(file.path), createBrotliCompress({ params: { [constants.BROTLI_PARAM_QUALITY]: 5 } }), outgoing);
  }
  outgoing.writeHead(200, { 'content-type': type, 'content-length': file.size });
  if (incoming.method === 'HEAD') return outgoing.end();
  return pipeline(createReadStream(file.path), outgoing);
}

function refuse(outgoing, status, message) {
  outgoing.writeHead(status, { 'content-type': 'text/plain; charset=utf-8' }).end(`${status}: ${message}\n`);
}

/** The file behind a request's target, or undefined: only regular files that really lie in the mount's folder. */
async function find(mounts, requestTarget) {
  const path = decoded(requestTarget.split('?')[0]);
  const mount = path && mounts.find((one) => path.startsWith(one.path));
  if (!mount) return undefined;
  const inside = path.slice(mount.path.length);
  const name = inside === '' || inside.endsWith('/') ? `${inside}index.html` : inside;
  if (name.split('/').some((part) => part === '' || part.startsWith('.'))) return undefined;
  if (mount.only && !mount.only.test(name)) return undefined;
  return regularFile(mount.folder, name);
}

// Encoded separators, drives and NUL have no place in the names of these files.
function decoded(path) {
  try {
    const text = decodeURIComponent(path);
    return /[\\:\0]/.test(text) || /%2f/i.test(path) ? undefined : text;
  } catch {
    return undefined;
  }
}

async function regularFile(folder, name) {
  try {
    const [base, path] = await Promise.all([realpath(folder), realpath(join(folder, name))]);
    const found = await stat(path);
    return path.startsWith(base + sep) && found.isFile() ? { path, size: found.size } : undefined;
  } catch (error) {
    if (['ENOENT', 'ENOTDIR', 'ENAMETOOLONG'].includes(error.code)) return undefined;
    throw error;
  }
}

async function forward(sandbox, incoming, outgoing) {
  const chunks = [];
  for await (const chunk of incoming) chunks.push(chunk);
  const request = new Request(`http://${incoming.headers.host}${incoming.url.slice(SANDBOX_PATH.length)}`, {
    method: incoming.method,
    headers: Object.entries(incoming.headersDistinct).flatMap(([name, values]) => values.map((value) => [name, value])),
    body: chunks.length > 0 ? Buffer.concat(chunks) : undefined,
  });
  const response = await sandbox.fetch(request);
  outgoing.writeHead(response.status, Object.fromEntries(response.headers));
  outgoing.end(Buffer.from(await response.arrayBuffer()));
}

function listen(server, port) {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, HOST, () => resolve(server.off('error', reject)));
  });
}

function close(server) {
  return new Promise((resolve) => {
    server.close(resolve);
    server.closeAllConnections();
  });
}
