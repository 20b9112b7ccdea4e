import { jsonResponse, readMessage, unlessAborted } from './http.js';
import { maskRequest } from './mask.js';
import { readOptions } from './options.js';
import { createStore } from './store.js';
import { VENDORS } from './vendors.js';

const SECRET_HEADERS = VENDORS.flatMap((vendor) => vendor.secretHeaders);

const OPTIONS = Object.assign(
  {
    seed: { default: 1, is: (value) => ['number', 'string'].includes(typeof value), expects: 'a number or a string' },
    clock: {
      default: 'manual',
      is: (value) => value === 'manual' || value === 'live' || typeof value === 'function',
      expects: '\'manual\', \'live\' or a function that gives ms since 1970',
    },
    startAt: { default: Date.UTC(2026, 2, 3, 20, 30, 21, 310), is: Number.isFinite, expects: 'ms since 1970' },
    latencyMs: { default: 0, is: (value) => Number.isFinite(value) && value >= 0, expects: 'a number of at least 0' },
  },
  ...VENDORS.map((vendor) => vendor.options),
);

/**
 * An in-memory server of the vendors' APIs: no account, no key, no network, the same answers for the same seed.
 * Runs wherever fetch does. Options, magic numbers and choices: README.md beside this file; shapes: index.d.ts.
 */
export function createSandbox(options = {}) {
  const settings = readOptions(OPTIONS, options);
  const store = createStore(settings);
  const servers = VENDORS.map((vendor) => ({ ...vendor, ...vendor.open(store, settings) }));

  async function sandboxFetch(input, init) {
    const request = new Request(input, init);
    request.signal.throwIfAborted();
    const message = await readMessage(request);
    request.signal.throwIfAborted();
    return unlessAborted(serve(message), request.signal);
  }

  async function serve(message) {
    const { pathname, search } = new URL(message.url);
    const server = servers.find((one) => one.serves(pathname));
    const at = new Date(store.now()).toISOString();
    const entry = { ...message, at, provider: server?.name ?? null, operation: null, status: null, replayed: false, ignored: [] };
    store.requests.push(entry);
    store.settle();
    const answer = server ? await server.handle({ ...message, path: pathname, query: search, entry }) : noVendor(pathname);
    entry.status = answer.status;
    if (store.answersLater) await store.pause();
    return jsonResponse(answer);
  }

  function reset() {
    store.reset();
    for (const server of servers) server.reset();
  }

  function documentsOf(table, kind) {
    store.settle();
    return [...table.values()].map((record) => describe(record, servers, kind));
  }

  reset();
  return {
    fetch: sandboxFetch,
    reset,
    advance(ms) {
      store.advance(ms);
      store.settle();
    },
    get now() { return store.now(); },
    get requests() { return structuredClone(store.requests); },
    get maskedRequests() { return store.requests.map((request) => maskRequest(request, SECRET_HEADERS)); },
    get calls() { return documentsOf(store.calls, 'call'); },
    get contacts() { return documentsOf(store.contacts, 'contact'); },
    get rang() { return Object.fromEntries(store.rang); },
  };
}

function describe(record, servers, kind) {
  const server = servers.find((one) => one.name === record.provider);
  return structuredClone({ provider: record.provider, ...server[kind](record) });
}

function noVendor(path) {
  const message = `No API of the sandbox has the path ${path}`;
  return { status: 404, text: JSON.stringify({ error: { code: 'not_found', message } }) };
}
