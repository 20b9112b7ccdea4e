import { bodyChunks, firstHalf } from './answer-body.js';
import { readJson } from './http.js';

const MOST_REDIRECTS = 20;
const REDIRECTS = new Set([301, 302, 303, 307, 308]);
const PLAIN_METHODS = new Set(['GET', 'POST', 'PUT', 'PATCH', 'DELETE']);
const PLAIN_MEMBERS = new Set(['method', 'headers', 'body', 'signal', 'redirect']);

// What waits for an answer or for the rest of one: Node drops a Request's signal together with the Request, unheard.
const underWay = new Set();

/** `fetch` in front of an engine's `arrive`. */
export function createFetch(arrive) {
  async function send(request, hops = 0) {
    const delivery = await arrive(request.message, { signal: request.signal, elsewhere: request.elsewhere });
    if (delivery.then === 'cut' && delivery.sent === 'nothing') throw lost('fetch failed', 'other side closed');
    if (delivery.sent === 'nothing') return new Promise(() => {});
    const { answer } = delivery;
    if (!REDIRECTS.has(answer.status) || request.redirect === 'manual') return respond(delivery, request);
    if (request.redirect === 'error' || hops === MOST_REDIRECTS) throw lost('fetch failed', 'unexpected redirect');
    return send(redirected(request, answer), hops + 1);
  }

  return async function sandboxFetch(input, init) {
    const request = readPlain(input, init) ?? (await readRequest(input, init));
    request.signal?.throwIfAborted();
    return request.signal ? unlessAborted(send(request), request) : send(request);
  };
}

/** A request of text and strings alone. `new Request` would cost more than all that the sandbox does. */
function readPlain(input, init = {}) {
  const { method = 'GET', headers, body, signal, redirect = 'follow' } = init;
  const plain =
    (typeof input === 'string' || input instanceof URL) &&
    PLAIN_METHODS.has(method) &&
    (typeof body === 'string' ? method !== 'GET' : body === undefined) &&
    (signal === undefined || signal instanceof AbortSignal) &&
    ['follow', 'manual', 'error'].includes(redirect) &&
    Object.keys(init).every((name) => PLAIN_MEMBERS.has(name));
  const url = plain && parseUrl(input);
  if (!url || url.username !== '' || url.password !== '') return undefined;

  const sent = plainHeaders(new Headers(headers));
  if (body !== undefined) sent['content-type'] ??= 'text/plain;charset=UTF-8';
  return { message: readJson({ method, url: url.href, headers: sent, body: body ?? '' }), signal, redirect };
}

function parseUrl(text) {
  try {
    return new URL(text);
  } catch {
    // It may be one beside the page's own.
    return undefined;
  }
}

async function readRequest(input, init) {
  const request = input instanceof Request && init === undefined ? input : new Request(input, init);
  const { method, url, signal, redirect } = request;
  signal.throwIfAborted();
  const headers = plainHeaders(request.headers);
  return { message: readJson({ method, url, headers, body: await request.text() }), signal, redirect, owner: request };
}

/** The Headers of happy-dom keep their names' case. */
function plainHeaders(headers) {
  return Object.fromEntries([...headers].map(([name, value]) => [name.toLowerCase(), value]));
}

/** `promise`, unless the request's signal aborts first: then its reason, as fetch does it. */
function unlessAborted(promise, request) {
  return new Promise((resolve, reject) => {
    const forget = onAbort(request, reject);
    promise.then(resolve, reject).finally(forget);
  });
}

/** Tells `end` the reason when the request's signal aborts; gives a function that ends the listening. */
function onAbort({ signal, owner }, end) {
  const waiting = { owner };
  const forget = () => {
    underWay.delete(waiting);
    signal.removeEventListener('abort', abort);
  };
  const abort = () => {
    forget();
    end(signal.reason);
  };
  underWay.add(waiting);
  signal.addEventListener('abort', abort);
  return forget;
}

const lost = (message, cause) => new TypeError(message, { cause: new Error(cause) });

// As the Fetch standard follows: Authorization is kept from another origin, every other header goes along.
function redirected({ message, ...rest }, answer) {
  const from = new URL(message.url);
  const to = new URL(answer.headers.location, from);
  const { 'content-type': type, ...others } = message.headers;
  const toGet = answer.status === 303 || (answer.status < 303 && message.method === 'POST');
  const headers = toGet ? others : { ...message.headers };
  const elsewhere = to.origin !== from.origin;
  if (elsewhere) delete headers.authorization;
  const sent = toGet ? { method: 'GET', url: to.href, headers, body: '' } : { ...message, url: to.href, headers };
  return { ...rest, message: sent, elsewhere };
}

function respond({ answer, sent, then }, request) {
  const { status, headers, text } = answer;
  if (sent === 'all' && answer.paddedTo === undefined) return new Response(text, { status, headers });
  const chunks = sent === 'half' ? [firstHalf(text)].values() : bodyChunks(answer);
  return new Response(streamOf(chunks, then, request), { status, headers });
}

function streamOf(chunks, then, request) {
  let forget = () => {};
  return new ReadableStream({
    start(controller) {
      if (request.signal) forget = onAbort(request, (reason) => controller.error(reason));
    },
    pull(controller) {
      const { value, done } = chunks.next();
      if (!done) return controller.enqueue(value);
      // What waits for more hears of the abort alone.
      if (then === 'silence') return new Promise(() => {});
      forget();
      return then === 'cut' ? controller.error(lost('terminated', 'other side closed')) : controller.close();
    },
    cancel: () => forget(),
  });
}
