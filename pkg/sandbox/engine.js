import { createFaults, readFaults } from './faults.js';
import { KINDS, whole } from './fault-kinds.js';
import { pause } from './store.js';
import { isoTime } from './time.js';

/**
 * What stands behind every face of a sandbox: takes a request as plain data (`{ method, url, headers, body, json? }`) and
 * says what the client gets (fault-kinds.js); the faces send it.
 */
export function createEngine(store, servers, { seed, faults: given }) {
  const atStart = readFaults(given);
  let faults;

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
    const answer = entry.processed ? await handle({ ...message, path, query, route, entry }, server) : undefined;
    if (gone) return { sent: 'nothing', then: 'silence' };

    const delivery = fault ? disturb(fault, answer, server) : whole(answer);
    entry.status = delivery.answer?.status ?? null;
    const waitMs = store.latencyMs + (fault?.kind === 'slow' && fault.processed ? fault.ms : 0);
    if (waitMs > 0) await pause(waitMs, signal);
    return delivery;
  }

  function record(message, server, { operation = null }) {
    const at = isoTime(store.now());
    const provider = server?.name ?? null;
    const seen = { at, provider, operation, status: null, fault: null, processed: false, replayed: false, ignored: [], warnings: [] };
    const entry = { ...message, ...seen };
    store.requests.push(entry);
    if (operation) store.countArrival(`${provider}.${operation}`);
    return entry;
  }

  async function handle(message, server) {
    return withContentType(server ? await server.handle(message) : noVendor(message.path));
  }

  function disturb(fault, answer, server) {
    const tools = { failure: server?.failure ?? noVendorsFailure, now: store.now() };
    const delivery = KINDS[fault.kind].deliver(answer, fault, tools);
    return delivery.answer ? { ...delivery, answer: withContentType(delivery.answer) } : delivery;
  }

  const deal = (rules) => {
    faults = createFaults(rules, seed);
  };

  return { arrive, setFaults: (list) => deal(readFaults(list)), reset: () => deal(atStart) };
}

const withContentType = (answer) => ({ ...answer, headers: { 'content-type': 'application/json', ...answer.headers } });

function noVendor(path) {
  const message = `No API of the sandbox has the path ${path}`;
  return { status: 404, text: JSON.stringify({ error: { code: 'not_found', message } }) };
}

const noVendorsFailure = (status) => JSON.stringify({ error: { code: 'server_error', message: `Status ${status}` } });
