import { pack } from './pack.js';

/**
 * One request and what became of it, its body read to the end in one step. A fetch, a mock or a proxy can throw wherever it
 * is touched; nothing of that escapes.
 */
class Exchange {
  /**
   * `problem`, if there is one: 'not_begun' (the caller's signal had fired before), 'no_abort' (this runtime has no
   * AbortController), 'not_built', 'no_fetch', 'threw' (fetch itself), 'timeout', 'aborted', 'lost' (the connection), 'no_response' or 'unreadable' (its text cannot be asked for).
   * `networkCode`: that of a lost connection. Of the answer `status`, `requestId`, `location` and `retryAfterMs`; and
   * `document`, what its body says, if that is JSON.
   */
  facts = {};
  /** Node drops a Request's signal together with the Request, and whoever has the signal alone would not hear of an abort. */
  request = undefined;
  /** What was thrown beneath the problem. */
  thrown = undefined;

  get document() {
    return this.facts.document;
  }

  get packed() {
    return pack(this.facts, undefined, Infinity);
  }

  fail(problem, thrown) {
    this.facts.problem = problem;
    this.thrown = thrown;
    return this;
  }

  /** It ended while it was waited for. */
  break(attempt, thrown) {
    if (attempt.ended) return this.fail(attempt.ended, attempt.reason);
    this.facts.networkCode = text(member(member(thrown, 'cause'), 'code')) ?? text(member(thrown, 'code'));
    return this.fail('lost', thrown);
  }
}

/**
 * Sends a request and reads its answer, for as long as `attempt` lasts. A `fetch` of the caller's gets one `Request`; the
 * runtime's own gets URL and options, which saves it a copy of everything. Redirects are not followed. It never rejects.
 */
export async function exchange(attempt, ask, url, method, headers, body) {
  const made = new Exchange();
  if (attempt.ended) return made.fail('not_begun', attempt.reason);
  let init;
  let request;
  try {
    init = { method, headers, body, redirect: 'manual', signal: attempt.signal };
    request = ask && new Request(url, init);
    made.request = request;
  } catch (thrown) {
    return made.fail(init ? 'not_built' : 'no_abort', thrown);
  }
  let promise;
  try {
    promise = ask ? ask(request) : fetch(url, init);
  } catch (thrown) {
    return made.fail(ask || typeof globalThis.fetch === 'function' ? 'threw' : 'no_fetch', thrown);
  }
  try {
    return await readAnswer(made, attempt, await attempt.race(promise));
  } catch (thrown) {
    return made.break(attempt, thrown);
  }
}

async function readAnswer(made, attempt, response) {
  const { facts } = made;
  facts.status = statusOf(response);
  const ask = member(response, 'text');
  if (facts.status === undefined || typeof ask !== 'function') return made.fail('no_response');
  let coming;
  try {
    coming = ask.call(response);
  } catch (thrown) {
    return made.fail('unreadable', thrown);
  }
  const headers = member(response, 'headers');
  facts.requestId = header(headers, 'x-request-id');
  if (facts.status >= 300) {
    facts.location = header(headers, 'location');
    facts.retryAfterMs = millisecondsUntil(header(headers, 'retry-after'));
  }
  const body = await attempt.race(coming);
  try {
    facts.document = JSON.parse(body);
  } catch {
    // Not JSON: the platform's mapping says what that means.
  }
  return made;
}

/** A page gets 0 where a redirect was not followed. */
function statusOf(response) {
  const status = member(response, 'status');
  if (Number.isInteger(status) && status >= 100 && status < 600) return status;
  return status === 0 && member(response, 'type') === 'opaqueredirect' ? 0 : undefined;
}

function header(headers, name) {
  try {
    return text(headers.get(name));
  } catch {
    return undefined;
  }
}

/** A `retry-after` header, in seconds or as a date, as milliseconds from now (RFC 9110, section 10.2.3). */
function millisecondsUntil(text) {
  if (text === undefined) return undefined;
  const waitMs = /^\s*\d+\s*$/.test(text) ? Number(text) * 1000 : Date.parse(text) - Date.now();
  return Number.isFinite(waitMs) ? Math.max(0, waitMs) : undefined;
}

function member(value, name) {
  try {
    return value[name];
  } catch {
    return undefined;
  }
}

const text = (value) => (typeof value === 'string' ? value : undefined);

// Which part of a document an answer shows: `Raw` of src/operation.rs.
const ITEMS = 1;
const PAGE = 2;
const RELAYED = 3;

/** An answer in this package's words, with its part of the platform's document as `raw`. */
export function answerOf(json, raw, document) {
  // In this package's words already.
  if (raw === RELAYED) return document.value;
  const answer = JSON.parse(json);
  if (raw === ITEMS) return withRawItems(answer, document);
  if (raw === PAGE) withRawItems(answer.items, document.data);
  answer.raw = document;
  return answer;
}

function withRawItems(items, rawItems) {
  items.forEach((item, index) => (item.raw = rawItems[index]));
  return items;
}

/** A Headers that gloo-net can fill; throws where it would panic, which leaves a promise pending: without one, or with a mock. */
export function newHeaders() {
  const headers = new Headers();
  if (tried !== headers.constructor) {
    new Headers().append('content-type', 'application/json');
    tried = headers.constructor;
  }
  return headers;
}

let tried;
