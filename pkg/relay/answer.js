import { OutdialError, isOutdialError } from '../error.js';
import { VERSION } from './message.js';
import { isOwn } from './refusal.js';

const STATUS = {
  invalid_input: 422, not_allowed: 403, unsupported: 422, unauthorized: 502, payment_required: 402, not_found: 404,
  conflict: 409, rejected: 422, rate_limited: 429, provider_error: 502, bad_response: 502, network: 502, timeout: 504,
  aborted: 504, outcome_unknown: 504, not_ready: 500, internal: 500,
};

const WORDS = {
  unauthorized: 'The platform refuses the credentials of the relay',
  payment_required: 'The platform wants to be paid first',
  not_found: 'The platform has no such thing',
  conflict: 'It exists already on the platform, or is at odds with what does',
  rejected: 'The platform refuses it',
  rate_limited: 'The platform takes no more requests for now',
  provider_error: 'The platform failed',
  bad_response: 'The platform answered what it does not promise',
  timeout: 'The platform took too long',
  outcome_unknown: 'It may have happened, and nobody can say',
};

export function valueAnswer(value, headers) {
  return answer(200, { version: VERSION, ok: true, value }, headers);
}

export function errorAnswer(thrown, headers) {
  const error = isOutdialError(thrown) ? thrown : new OutdialError({ code: 'internal', message: 'The relay failed', attempts: 0 });
  const status = error.provider === 'relay' && error.status !== undefined ? error.status : (STATUS[error.code] ?? 500);
  const more = {
    ...(status === 405 && { allow: 'POST' }),
    ...(error.retryAfterMs !== undefined && { 'retry-after': String(Math.ceil(error.retryAfterMs / 1000)) }),
  };
  return answer(status, { version: VERSION, ok: false, error: shown(error) }, { ...headers, ...more });
}

/** An error as a page may see it. */
function shown(error) {
  const { code, operation, provider, status, requestId, retryAfterMs, attempts, idempotencyKey, repeat } = error;
  const own = isOwn(error);
  const message = own ? error.message : (WORDS[code] ?? 'The platform refuses it');
  const issues = own ? error.issues : error.issues?.map((issue) => ({ ...issue, message: 'is refused by the platform' }));
  const details = own && code === 'not_allowed' ? error.details : pointers(error.details);
  return { code, message, operation, provider, status, requestId, retryAfterMs, issues, details, attempts, idempotencyKey, repeat };
}

/** Of other details, what this package put there: what was done before the failure. */
function pointers({ contactId, deletedIds } = {}) {
  return contactId === undefined && deletedIds === undefined ? undefined : { contactId, deletedIds };
}

function answer(status, document, headers) {
  const fixed = { 'content-type': 'application/json', 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' };
  return new Response(JSON.stringify(document), { status, headers: { ...fixed, ...headers } });
}

/** The answer to a browser that asks whether a page may send what it wants to. */
export function preflightAnswer(cors, { headers }) {
  if (!cors['access-control-allow-origin']) return new Response(null, { status: 403, headers: cors });
  const asked = headers.get('access-control-request-headers') ?? 'content-type';
  const more = { 'access-control-allow-methods': 'POST', 'access-control-allow-headers': asked, 'access-control-max-age': '600' };
  return new Response(null, { status: 204, headers: { ...cors, ...more } });
}
