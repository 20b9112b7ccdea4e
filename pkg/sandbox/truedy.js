import { findRoute } from './http.js';
import { isFlag, isObject, isText, listOf, oneOf } from './options.js';
import { check } from './schema.js';
import { callOperations } from './truedy/calls.js';
import { contactOperations } from './truedy/contacts.js';
import { plantCall } from './truedy/dial.js';
import { GENERATIONS } from './truedy/documents.js';
import { createKeys } from './truedy/keys.js';
import { refusalOfKey } from './truedy/magic.js';
import { createRateLimit } from './truedy/rate.js';
import { Refusal } from './truedy/refusal.js';

const BASE = '/api/public/v1';
const DAY_MS = 86_400_000;
const UNPAID = ['trial_not_started', 'trial_expired', 'subscription_inactive', 'insufficient_credits'];

const ROUTES = [
  ['POST', /^\/contacts$/, 'createContact'],
  ['GET', /^\/calls$/, 'listCalls'],
  ['POST', /^\/calls$/, 'createCall'],
  ['POST', /^\/calls\/bulk-delete$/, 'deleteCalls'],
  ['GET', /^\/calls\/([^/]+)$/, 'getCall'],
  ['PATCH', /^\/calls\/([^/]+)$/, 'updateCall'],
  ['DELETE', /^\/calls\/([^/]+)$/, 'deleteCall'],
  ['GET', /^\/calls\/([^/]+)\/recording$/, 'getRecording'],
  ['GET', /^\/calls\/([^/]+)\/transcript$/, 'getTranscript'],
];

const isAgents = (value) =>
  isObject(value) && Object.values(value).every((agent) => isObject(agent) && listOf(isText)(agent.numbers ?? []));

/** The Truedy API as its pages describe it; see README.md in this folder for what they leave open. */
export const truedy = {
  name: 'truedy',
  headers: ['Authorization', 'Content-Type', 'X-Idempotency-Key'],
  secretHeaders: ['authorization'],
  serves: (path) => path === BASE || path.startsWith(`${BASE}/`),
  open,
  options: {
    generation: { default: 'narrative', is: oneOf('narrative', 'openapi'), expects: '\'narrative\' or \'openapi\'' },
    apiKeys: { default: undefined, is: listOf(isText), expects: 'a list of keys' },
    agents: { default: undefined, is: isAgents, expects: 'an object of { [agentId]: { numbers: [...] } }' },
    account: { default: 'active', is: oneOf('active', ...UNPAID), expects: `'active' or one of ${UNPAID.join(', ')}` },
    calls: { default: [], is: listOf(isObject), expects: 'a list of call objects' },
    rateLimit: {
      default: 100,
      is: (value) => value === false || (Number.isSafeInteger(value) && value > 0),
      expects: 'a whole number of requests per minute, or false',
    },
    strictKeys: { default: true, is: isFlag, expects: 'true or false' },
    keyLifetimeMs: { default: 7 * DAY_MS, is: (value) => value > 0, expects: 'a number above 0' },
  },
};

function open(store, settings) {
  const documents = GENERATIONS[settings.generation];
  const keys = createKeys({ strict: settings.strictKeys, lifetimeMs: settings.keyLifetimeMs, now: store.now });
  const rate = createRateLimit({ limit: settings.rateLimit, now: store.now, time: documents.time });
  const meta = () => ({ request_id: documents.requestId(store.random), ts: documents.time(store.now()) });
  const answer = (status, data, extra) => ({ status, text: JSON.stringify({ data, ...extra, meta: meta() }) });

  const context = { store, documents, settings, keys, readBody, readQuery, answer };
  const operations = { ...contactOperations(context), ...callOperations(context) };

  async function handle(message) {
    try {
      const { operation, id, allowed } = findRoute(ROUTES, message.method, message.path.slice(BASE.length));
      if (!operation) throw noSuchRoute(message, allowed);
      message.entry.operation = operation;
      const apiKey = authenticate(message.headers.authorization, settings.apiKeys);
      rate.count(apiKey);
      return await operations[operation](Object.assign(message, { id: id && decode(id), apiKey }));
    } catch (error) {
      if (error instanceof Refusal) return refuse(error);
      throw error;
    }
  }

  function refuse({ status, code, message, details, fields, headers }) {
    if (fields) return { status, headers, text: JSON.stringify({ detail: fields }) };
    const body = { error: { code, message, ...(details && { details }) }, ...(documents.errorsHaveMeta && { meta: meta() }) };
    return { status, headers, text: JSON.stringify(body) };
  }

  function reset() {
    keys.reset();
    rate.reset();
    for (const call of settings.calls) plantCall(store, documents, call);
  }

  return { handle, reset, contact: GENERATIONS.narrative.contact, call: describeCall };
}

// Names of the calls page, whatever the answers look like, and what an answer does not show.
const describeCall = (call) => ({ ...GENERATIONS.narrative.call(call), variables: call.variables, call_settings: call.settings });

function noSuchRoute({ method, path }, allowed) {
  if (allowed.length === 0) return new Refusal(404, 'not_found', 'The requested resource does not exist', { details: { path } });
  const allow = allowed.join(', ');
  return new Refusal(405, 'method_not_allowed', `${method} is not allowed here (allowed: ${allow})`, { headers: { allow } });
}

function authenticate(authorization, accepted) {
  const [, apiKey] = /^Bearer ([\w.~+/-]+=*)$/i.exec(authorization ?? '') ?? [];
  if (apiKey === undefined) throw new Refusal(401, 'unauthorized', 'Send Authorization: Bearer <your_api_key>');
  const refusal = refusalOfKey(apiKey);
  if (refusal) throw refusal;
  if (accepted && !accepted.includes(apiKey)) throw new Refusal(401, 'unauthorized', 'The API key is not known');
  return apiKey;
}

function readBody(message, schema, asDetail = true) {
  const type = message.headers['content-type']?.split(';')[0].trim().toLowerCase();
  if (type !== 'application/json') throw new Refusal(400, 'bad_request', 'Content-Type must be application/json');
  if (message.body === '') throw invalid([{ loc: ['body'], msg: 'Field required', type: 'missing' }], asDetail);
  if (message.json === undefined) throw new Refusal(400, 'bad_request', 'The body is not JSON');
  const { errors, ignored } = check(schema, message.json, ['body']);
  message.entry.ignored = ignored;
  if (errors.length > 0) throw invalid(errors, asDetail);
  return message.json;
}

function readQuery(message, schema, asDetail) {
  const query = Object.fromEntries(new URLSearchParams(message.query));
  const { errors, ignored } = check(schema, query, ['query']);
  message.entry.ignored = ignored;
  if (errors.length > 0) throw invalid(errors, asDetail);
  return query;
}

// The two shapes of 422: FastAPI's list of the contact page, `validation_error` of the calls page.
function invalid(errors, asDetail) {
  const text = errors.map(({ loc, msg }) => `${loc.slice(1).join('.') || loc[0]}: ${msg}`).join('; ');
  return new Refusal(422, 'validation_error', text, { fields: asDetail ? errors : undefined });
}

function decode(segment) {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
