import { createEngine } from './engine.js';
import { createFetch } from './fetch.js';
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
    faults: { default: [], is: Array.isArray, expects: 'a list of faults' },
  },
  ...VENDORS.map((vendor) => vendor.options),
);

const engines = new WeakMap();

/** The engine behind a sandbox, for a face other than its `fetch`. */
export const engineOf = (sandbox) => engines.get(sandbox);

/**
 * An in-memory server of the vendors' APIs: no account, no key, no network, the same answers for the same seed.
 * Runs wherever fetch does. Options, magic numbers, faults and choices: README.md beside this file; shapes: index.d.ts.
 */
export function createSandbox(options = {}) {
  const settings = readOptions(OPTIONS, options);
  const store = createStore(settings, VENDORS.map((vendor) => vendor.name));
  const servers = VENDORS.map((vendor) => ({ ...vendor, ...vendor.open(store, settings) }));
  const engine = createEngine(store, servers, settings);

  function reset({ seed = settings.seed } = {}) {
    if (!OPTIONS.seed.is(seed)) throw new TypeError(`reset: seed must be ${OPTIONS.seed.expects}`);
    store.reset(seed);
    engine.reset(seed);
    for (const server of servers) server.reset();
  }

  const documentsOf = (records, kind) => records.map((record) => describe(record, servers, kind));

  reset();
  const sandbox = {
    fetch: createFetch(engine.arrive),
    reset,
    faults: engine.setFaults,
    advance: store.advance,
    get now() { return store.now(); },
    get requests() { return structuredClone(store.requests); },
    get maskedRequests() { return store.requests.map((request) => maskRequest(request, SECRET_HEADERS)); },
    get calls() { return documentsOf(store.allCalls(), 'call'); },
    get contacts() { return documentsOf([...store.contacts.values()], 'contact'); },
    get rang() { return Object.fromEntries(store.rang); },
    get arrived() { return Object.fromEntries(store.arrived); },
    get created() { return store.created(); },
  };
  engines.set(sandbox, engine);
  return sandbox;
}

function describe(record, servers, kind) {
  const server = servers.find((one) => one.name === record.provider);
  return structuredClone({ provider: record.provider, ...server[kind](record) });
}
