/** A request as plain data. `json` is there when the body is JSON. */
export async function readMessage(request) {
  const text = await request.text();
  const message = { method: request.method, url: request.url, headers: Object.fromEntries(request.headers), body: text };
  try {
    message.json = JSON.parse(text);
  } catch {
    // Who needs JSON sees that there is none.
  }
  return message;
}

export function jsonResponse({ status, headers = {}, text }) {
  return new Response(text, { status, headers: { 'content-type': 'application/json', ...headers } });
}

/** `promise`, unless `signal` aborts first: then its reason, as fetch does it. */
export function unlessAborted(promise, signal) {
  return new Promise((resolve, reject) => {
    const abort = () => reject(signal.reason);
    if (signal.aborted) abort();
    signal.addEventListener('abort', abort, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  });
}

/**
 * The operation behind a method and a path. `routes` is `[[method, pattern, operation], ...]`.
 * Returns `{ operation, id }`, or `{ allowed }`: the methods that the path has (none: there is no such path).
 */
export function findRoute(routes, method, path) {
  const allowed = [];
  for (const [verb, pattern, operation] of routes) {
    const match = pattern.exec(path);
    if (!match) continue;
    if (verb === method) return { operation, id: match[1] };
    allowed.push(verb);
  }
  return { allowed };
}
