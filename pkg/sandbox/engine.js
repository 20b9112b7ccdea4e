import { createFaults, readFaults } from './faults.js';
import { KINDS, whole } from './fault-kinds.js';
import { pause } from './store.js';
import { isoTime } from './time.js';

/**
 * What stands behind every face of a sandbox: takes a request as plain data (`{ method, url, headers, body, json? }`) and
 * says what the client gets (fault-kinds.js); the faces send it.
 */
export function createEngine(store, servers, { faults: given }) {
  const atStart = readFaults(given);
  let faults;
  let seed;

  /** `signal` ends the waiting, not the processing; `elsewhere`: it went to a host that is no vendor's. */
  async function arrive(message, { signal, elsewhere = false } = {}) {
    const { pathname: path, search: query } = new URL(message.url);
    const server = elsewhere ? undefined : servers.find((one) => one.serves(path));
    const route = server?.route(message.method, path) ?? {};
    const entry = record(message, server, route);
    const fault = elsewhere ? undefined : faults.next({ provider: entry.provider, operation: entry.operation, method: message.method, path });
    entry.fault = fault?.kind ?? null;

    const comesLate = fault?.kind === 'slow' && !fault.processed;
    if (comesLate) await pause(fault.ms, signal);
    const gone = comesLate && signal?.aborted === true;
    entry.processed = !gone && (fault?.processed !== false || comesLate);
    const answer = entry.processed ? await handle(entry, { path, query, route }, server) : undefined;
    if (gone) return { sent: 'nothing', then: 'silence' };

    const delivery = fault ? disturb(fault, answer, server) : whole(answer);
    entry.status = delivery.answer?.status ?? null;
    const waitMs = store.latencyMs + (fault?.kind === 'slow' && fault.processed ? fault.ms : 0);
    if (waitMs > 0) await pause(waitMs, signal);
    return delivery;
  }

  function record(message, server, { operation = null }) {
    const { method, url, headers, body } = message;
    const entry = {
      method,
      url,
      headers,
      body,
      at: isoTime(store.now()),
      provider: server?.name ?? null,
      operation,
      status: null,
      fault: null,
      processed: false,
      replayed: false,
      ignored: [],
      warnings: [],
    };
    if ('json' in message) entry.json = message.json;
    store.requests.push(entry);
    if (operation) store.countArrival(`${entry.provider}.${operation}`);
    return entry;
  }

  // Named one by one: a spread of the message took longer than its vendor.
  async function handle(entry, { path, query, route }, server) {
    if (!server) return withContentType(noVendor(path));
    const { method, url, headers, body, json } = entry;
    return withContentType(await server.handle({ method, url, headers, body, json, path, query, route, entry, id: undefined, caller: undefined }));
  }

  function disturb(fault, answer, server) {
    const tools = { failure: server?.failure ?? noVendorsFailure, now: store.now() };
    const delivery = KINDS[fault.kind].deliver(answer, fault, tools);
    if (delivery.answer) withContentType(delivery.answer);
    return delivery;
  }

  function setFaults(list) {
    faults = createFaults(readFaults(list), seed);
  }

  function reset(newSeed) {
    seed = newSeed;
    faults = createFaults(atStart, seed);
  }

  return { arrive, setFaults, reset };
}

const JSON_TYPE = { 'content-type': 'application/json' };

function withContentType(answer) {
  answer.headers = answer.headers ? { ...JSON_TYPE, ...answer.headers } : JSON_TYPE;
  return answer;
}

function noVendor(path) {
  const message = `No API of the sandbox has the path ${path}`;
  return { status: 404, text: JSON.stringify({ error: { code: 'not_found', message } }) };
}

const noVendorsFailure = (status) => JSON.stringify({ error: { code: 'server_error', message: `Status ${status}` } });
