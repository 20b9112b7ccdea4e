import { errorAnswer } from './answer.js';
import { badMessage } from './refusal.js';

/** A relay as a handler of node:http and of Express, `(req, res)`. A body that a parser has read before is taken from it. */
export function toNodeHandler(relay) {
  return async (req, res) => {
    const request = nodeRequest(req);
    const response = request ? await relay(request) : unreadable();
    // What of a body is not read will not be: the connection goes with it.
    if (!req.complete) res.setHeader('connection', 'close');
    res.writeHead(response.status, Object.fromEntries(response.headers)).end(await response.text());
  };
}

// A Host that makes no URL, a method that fetch does not know, or a body that a parser made of what is no JSON.
const unreadable = () => errorAnswer(badMessage('', 'invalid_format', 'The request cannot be read'));

function nodeRequest(req) {
  try {
    const headers = Object.entries(req.headers).filter(([name]) => !name.startsWith(':')).map(([name, value]) => [name, String(value)]);
    const init = { method: req.method, headers, body: req.method === 'POST' ? nodeBody(req) : undefined, duplex: 'half' };
    return new Request(`${req.socket.encrypted ? 'https' : 'http'}://${req.headers.host}${req.originalUrl ?? req.url}`, init);
  } catch {
    return undefined;
  }
}

function nodeBody(req) {
  const { body } = req;
  if (req.readableEnded && body !== undefined) return typeof body === 'string' || body instanceof Uint8Array ? body : JSON.stringify(body);
  const chunks = req.iterator({ destroyOnReturn: false });
  const pull = async (controller) => {
    const { value, done } = await chunks.next();
    return done ? controller.close() : controller.enqueue(value);
  };
  return new ReadableStream({ pull });
}

/** A relay as the handler of an AWS Lambda function URL (events of version 2.0). */
export function toLambdaHandler(relay) {
  return async (event) => {
    const request = lambdaRequest(event);
    const response = request ? await relay(request) : unreadable();
    return { statusCode: response.status, headers: Object.fromEntries(response.headers), body: await response.text() };
  };
}

function lambdaRequest(event) {
  try {
    const { rawPath, rawQueryString, headers, cookies, requestContext, body, isBase64Encoded } = event;
    const { domainName, http: { method } } = requestContext;
    const sent = isBase64Encoded && body ? Uint8Array.from(atob(body), (letter) => letter.charCodeAt(0)) : body;
    return new Request(`https://${domainName}${rawPath}${rawQueryString ? `?${rawQueryString}` : ''}`, {
      method,
      headers: { ...headers, ...(cookies && { cookie: cookies.join('; ') }) },
      body: method === 'POST' ? sent : undefined,
    });
  } catch {
    return undefined;
  }
}
