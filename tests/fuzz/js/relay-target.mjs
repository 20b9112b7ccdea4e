import { ok, strictEqual } from 'node:assert';
import { createClient } from '../../../pkg/index.node.js';
import { createRelay, toLambdaHandler, toNodeHandler } from '../../../pkg/relay.js';

const CODES = ['invalid_input', 'not_allowed', 'unsupported', 'unauthorized', 'rejected', 'rate_limited', 'timeout', 'outcome_unknown', 'bad_response', 'provider_error'];
const METHODS = ['POST', 'POST', 'POST', 'POST', 'GET', 'OPTIONS', 'PUT', 'post'];
const TYPES = ['application/json', 'application/json', 'application/json; charset=utf-8', 'text/plain', undefined, 'application/json;', 'APPLICATION/JSON', 'application/jsonx'];
const ORIGINS = [undefined, 'https://shop.example', 'https://shop.example', 'https://app.example', 'https://evil.example', 'null', 'garbage', ''];
const MEMBERS = { message: ['version', 'operation', 'input', 'options'], options: ['idempotencyKey', 'timeoutMs'] };

let asked = 0;
const fetch = async () => {
  asked += 1;
  return new Response('{"data":{"id":"x","status":"queued"}}', { status: 201 });
};
const client = createClient({ provider: 'truedy', apiKey: 'truedy_hush', fetch, maxRetries: 0, timeoutMs: 1_000 });
const allow = ['createCall', 'createContact', 'getCall', 'listCalls', 'deleteCalls'];
const relay = createRelay({ client, allow, policy: { regions: ['US'] }, authorize: () => true, origins: ['https://app.example'] });

/** Whether the platform may have heard of it, by an own reading of the protocol. */
function isWellFormed({ method, type, origin, body }) {
  try {
    const message = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
    const { version, operation, options = {} } = message;
    const known = Object.keys(message).every((name) => MEMBERS.message.includes(name)) && Object.keys(options).every((name) => MEMBERS.options.includes(name));
    const keyed = operation !== 'createCall' || typeof options.idempotencyKey === 'string';
    const gate = method.toUpperCase() === 'POST' && /^application\/json/i.test(type) && [undefined, 'https://shop.example', 'https://app.example'].includes(origin);
    return gate && version === 1 && allow.includes(operation) && known && keyed;
  } catch {
    return false;
  }
}

/** Whether it allowed so little time that this may be over before anything is sent. */
function isHurried({ body }) {
  try {
    return JSON.parse(new TextDecoder().decode(body)).options.timeoutMs < 1_000;
  } catch {
    return false;
  }
}

function judge({ status, type, text, isPreflight }, request, askedBefore) {
  const sent = asked > askedBefore;
  ok(!sent || isWellFormed(request), 'the platform heard of what is not well formed');
  ok(!text.includes('truedy_hush'), 'the key is in the answer');
  if (isPreflight) return ok(!sent && (status === 204 || status === 403), `a preflight was answered ${status}`);
  strictEqual(type, 'application/json');
  const answer = JSON.parse(text);
  strictEqual(answer.version, 1);
  strictEqual(answer.ok, status === 200);
  if (answer.ok) return ok(sent, 'it says that it was done, and it was not');
  ok(CODES.includes(answer.error.code), `${status} ${answer.error.code}`);
  const isLate = status === 504 && answer.error.code === 'timeout' && isHurried(request);
  ok(status >= 400 && (status < 500 || sent || isLate), `${status} ${text}`);
}

async function throughFetch({ method, type, origin, body }) {
  const headers = Object.entries({ 'content-type': type, origin, 'access-control-request-method': method === 'OPTIONS' ? 'POST' : undefined }).filter(([, value]) => value !== undefined);
  const request = new Request('https://shop.example/api', { method, headers, body: ['GET', 'OPTIONS'].includes(method) ? undefined : body });
  const response = await relay(request);
  return { status: response.status, type: response.headers.get('content-type'), text: await response.text(), isPreflight: method === 'OPTIONS' && origin !== undefined };
}

/** As Lambda hands it in: text, or base64 of what is none. */
async function throughLambda({ method, type, origin, body }) {
  const headers = Object.fromEntries(Object.entries({ 'content-type': type, origin }).filter(([, value]) => value !== undefined));
  const event = { rawPath: '/api', headers, requestContext: { domainName: 'shop.example', http: { method } }, body: Buffer.from(body).toString('base64'), isBase64Encoded: true };
  const { statusCode, headers: answered, body: text } = await toLambdaHandler(relay)(event);
  return { status: statusCode, type: answered['content-type'], text };
}

/** As Express hands it in: a parser has read the body before. */
async function throughNode({ method, type, origin, body }) {
  const headers = Object.fromEntries(Object.entries({ host: 'shop.example', 'content-type': type, origin }).filter(([, value]) => value !== undefined));
  const answer = { setHeader() {}, writeHead(status, answered) { Object.assign(answer, { status, type: answered['content-type'] }); return answer; }, end(text) { answer.text = text; } };
  await toNodeHandler(relay)({ method, url: '/api', headers, body, readableEnded: true, complete: true, socket: { encrypted: true } }, answer);
  return answer;
}

const WAYS = [throughFetch, throughFetch, throughLambda, throughNode];

/** The first bytes choose the way, the method and the headers, the rest is the body. */
export async function fuzz(data) {
  const [how = 0, headers = 0] = data;
  const request = { method: METHODS[(how >> 2) % 8], type: TYPES[headers % 8], origin: ORIGINS[(headers >> 3) % 8], body: new Uint8Array(data.subarray(2)) };
  const askedBefore = asked;
  judge(await WAYS[how % 4](request), request, askedBefore);
}
