import { Attempt } from './attempt.js';
import { pack } from './pack.js';
import { noteAnswer, REDIRECTED, unfollowed } from './redirects.js';

/**
 * What became of something that was waited for. A fetch, a mock or a proxy can throw wherever it is touched; nothing of that
 * escapes.
 */
class Ending {
  /**
   * `problem`, if there is one: 'deaf' (the caller's signal could not be listened to), 'not_begun' (it had fired before),
   * 'timeout', 'aborted' or 'lost' (it broke); and of a request 'no_headers' or 'no_abort' (this runtime has none),
   * 'not_built', 'no_fetch', 'threw' (fetch itself), 'no_response' or 'unreadable' (its text cannot be asked for).
   * `networkCode`: that of a lost connection. Of an answer `status`, `requestId`, `location` and `retryAfterMs`; and
   * `document`, what its body says, if that is JSON. `value`: what a function of the caller's gave.
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
    // A document was JSON, and is as large as it is; what the caller's function made can hold more than there is time for.
    return pack(this.facts, undefined, this.document === undefined ? undefined : Infinity);
  }

  fail(problem, thrown) {
    this.facts.problem = problem;
    this.thrown = thrown;
  }

  /** It ended while it was waited for. */
  break(attempt, thrown) {
    if (attempt.ended) return this.fail(attempt.ended, attempt.reason);
    this.facts.networkCode = text(member(member(thrown, 'cause'), 'code')) ?? text(member(thrown, 'code'));
    this.fail('lost', thrown);
  }
}

/** An attempt that lasts as long as it may take and until `signal` fires; none, with the reason in `made`, if that is now. */
function begin(made, timeoutMs, signal) {
  let attempt;
  try {
    attempt = new Attempt(timeoutMs, signal);
  } catch (thrown) {
    return made.fail('deaf', thrown);
  }
  return attempt.ended ? made.fail('not_begun', attempt.reason) : attempt;
}

// Each of these waits for one thing, and never rejects.

/** Waits until the time is over. */
export async function sleep(timeoutMs, signal) {
  const made = new Ending();
  const attempt = begin(made, timeoutMs, signal);
  await attempt?.expiry().catch((thrown) => made.break(attempt, thrown));
  return made;
}

/** Asks a function of the caller's. What it gives is no data but for its texts. */
export async function ask(timeoutMs, signal, asked, question) {
  const made = new Ending();
  const attempt = begin(made, timeoutMs, signal);
  if (!attempt) return made;
  try {
    made.facts.value = await attempt.race(asked(question));
  } catch (thrown) {
    made.break(attempt, thrown);
  }
  attempt.close();
  return made;
}

/**
 * Sends a request and reads its answer to the end. A `fetch` of the caller's gets one `Request`; the runtime's own gets URL
 * and options, which saves it a copy of everything. Redirects are not followed.
 */
export async function exchange(timeoutMs, signal, ask, isOneOfMany, url, method, headers, body) {
  const made = new Ending();
  const attempt = begin(made, timeoutMs, signal);
  if (!attempt) return made;
  try {
    const sent = send(made, attempt, ask, isOneOfMany, url, method, headers, body);
    if (sent) await readAnswer(made, attempt, await attempt.race(sent[0]));
    if (isOneOfMany) noteAnswer(url, made.facts.status);
  } catch (thrown) {
    if (isOneOfMany && !attempt.ended && member(member(thrown, 'cause'), 'message') === REDIRECTED) made.facts.status = 0;
    else made.break(attempt, thrown);
  }
  attempt.close();
  return made;
}

/** What fetch gave, as its only member; nothing if it gave none. */
function send(made, attempt, ask, isOneOfMany, url, method, headers, body) {
  if (!headers) return made.fail('no_headers', whyNone(makeHeaders));
  let init;
  try {
    init = { method, headers, body, signal: attempt.signal, ...unfollowed(url, isOneOfMany && !ask) };
    made.request = ask && new Request(url, init);
  } catch (thrown) {
    return made.fail(init ? 'not_built' : 'no_abort', thrown);
  }
  try {
    return [ask ? ask(made.request) : fetch(url, init)];
  } catch (thrown) {
    return made.fail(ask || typeof globalThis.fetch === 'function' ? 'threw' : 'no_fetch', thrown);
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
    // A user and a password in it are nobody's business.
    facts.location = header(headers, 'location')?.replace(/\/\/[^/?#]*@/, '//');
    facts.retryAfterMs = millisecondsUntil(header(headers, 'retry-after'));
  }
  const body = await attempt.race(coming);
  try {
    facts.document = JSON.parse(body);
  } catch {
    // Not JSON: the platform's mapping says what that means.
  }
}

/** A page gets 0 where a redirect was not followed; what a fetch of the caller's brought from elsewhere is no better. */
function statusOf(response) {
  if (member(response, 'redirected') === true) return 0;
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

/** A Headers that gloo-net can fill; none where it would panic, which leaves a promise pending: without one, or with a mock. */
export function newHeaders() {
  try {
    return makeHeaders();
  } catch {
    return undefined;
  }
}

function makeHeaders() {
  const headers = new Headers();
  if (tried !== headers.constructor) {
    new Headers().append('content-type', 'application/json');
    tried = headers.constructor;
  }
  return headers;
}

let tried;

/** What `make` throws. */
function whyNone(make) {
  try {
    make();
  } catch (thrown) {
    return thrown;
  }
}
