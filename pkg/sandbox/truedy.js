import { errorsAsText, readBody, readQuery } from './body.js';
import { isFlag, isObject, isRateLimit, isText, listOf, oneOf } from './options.js';
import { createRateLimit } from './rate.js';
import { Refusal } from './refusal.js';
import { callOperations } from './truedy/calls.js';
import { contactOperations } from './truedy/contacts.js';
import { plantCall } from './truedy/dial.js';
import { GENERATIONS } from './truedy/documents.js';
import { createKeys } from './truedy/keys.js';
import { refusalOfKey } from './truedy/magic.js';
import { createServer } from './vendor.js';

const BASE = '/api/public/v1';
const DAY_MS = 86_400_000;
const DEFAULT_LIMIT = 100;
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
      default: DEFAULT_LIMIT,
      is: isRateLimit,
      expects: 'a whole number of requests per minute, or false',
    },
    strictKeys: { default: true, is: isFlag, expects: 'true or false' },
    keyLifetimeMs: { default: 7 * DAY_MS, is: (value) => typeof value === 'number' && value > 0, expects: 'a number above 0' },
  },
};

function open(store, settings) {
  const documents = GENERATIONS[settings.generation];
  const keys = createKeys({ strict: settings.strictKeys, lifetimeMs: settings.keyLifetimeMs, now: store.now });
  const rate = createRateLimit({ limit: settings.rateLimit, now: store.now });
  const meta = () => ({ request_id: documents.requestId(store.random), ts: documents.time(store.now()) });
  const answer = (status, data, extra) => ({ status, text: JSON.stringify({ data, ...extra, meta: meta() }) });
  const errorText = (error) => JSON.stringify({ error, ...(documents.errorsHaveMeta && { meta: meta() }) });

  const context = {
    store,
    documents,
    settings,
    keys,
    answer,
    readBody: (message, schema, asDetail) => readBody(message, schema, refusals(asDetail)),
    readQuery: (message, schema, asDetail) => readQuery(message, schema, refusals(asDetail)),
  };

  function admit(message) {
    const apiKey = authenticate(message.headers.authorization, settings.apiKeys);
    const resetAt = rate.count(apiKey);
    if (resetAt !== undefined) throw new Refusal(429, 'rate_limit_exceeded', tooMany(settings.rateLimit), { details: limitDetails(resetAt) });
    return apiKey;
  }

  const limitDetails = (resetAt) => ({ limit: settings.rateLimit || DEFAULT_LIMIT, reset_at: documents.time(resetAt) });

  function refuse({ status, code, message, details, fields, headers }) {
    if (fields) return { status, headers, text: JSON.stringify({ detail: fields }) };
    return { status, headers, text: errorText({ code, message, ...(details && { details }) }) };
  }

  /** The body of an error that has nothing to do with the request. */
  function failure(status, resetAt) {
    const [code, message] = FAILURES[status] ?? ['server_error', 'An internal error occurred'];
    return errorText({ code, message, ...(resetAt !== undefined && { details: limitDetails(resetAt) }) });
  }

  function reset() {
    keys.reset();
    rate.reset();
    for (const call of settings.calls) plantCall(store, documents, call);
  }

  const operations = { ...contactOperations(context), ...callOperations(context) };
  const server = createServer({ base: BASE, routes: ROUTES, admit, operations, refuse });
  return { ...server, failure, reset, contact: GENERATIONS.narrative.contact, call: describeCall };
}

const tooMany = (limit) => `Rate limit of ${limit} requests per minute exceeded`;

const FAILURES = {
  429: ['rate_limit_exceeded', tooMany(DEFAULT_LIMIT)],
  502: ['provider_error', 'The telephony or voice provider answered with an error'],
  503: ['service_unavailable', 'The service is temporarily unavailable'],
};

// Names of the calls page, whatever the answers look like, and what an answer does not show.
const describeCall = (call) => ({ ...GENERATIONS.narrative.call(call), variables: call.variables, call_settings: call.settings });

function authenticate(authorization, accepted) {
  const [, apiKey] = /^Bearer ([\w.~+/-]+=*)$/i.exec(authorization ?? '') ?? [];
  if (apiKey === undefined) throw new Refusal(401, 'unauthorized', 'Send Authorization: Bearer <your_api_key>');
  const refusal = refusalOfKey(apiKey);
  if (refusal) throw refusal;
  if (accepted && !accepted.includes(apiKey)) throw new Refusal(401, 'unauthorized', 'The API key is not known');
  return apiKey;
}

// The two shapes of 422: FastAPI's list of the contact page, `validation_error` of the calls page.
const refusals = (asDetail = true) => ({
  malformed: (message) => new Refusal(400, 'bad_request', message),
  invalid: (errors) => new Refusal(422, 'validation_error', errorsAsText(errors), { fields: asDetail ? errors : undefined }),
});
