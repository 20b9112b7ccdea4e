import { MOST_BYTES, tooLarge } from './body.js';
import { refusal } from './refusal.js';
import { within } from './within.js';

/** Throws unless a request may be read: what costs least is asked first, and nothing but a plain yes lets it pass. */
export async function admit(request, settings) {
  const { headers } = request;
  if (request.method !== 'POST') throw refusal(405, 'rejected', 'A relay takes POST only');
  if (!isAllowedOrigin(request, settings)) throw refusal(403, 'not_allowed', 'This origin may not use the relay');
  if (!isJson(headers.get('content-type'))) throw refusal(415, 'rejected', 'A relay takes application/json only');
  if (Number(headers.get('content-length')) > MOST_BYTES) throw tooLarge();
  await authorize(request, settings);
  await limitRate(request, settings);
}

// A form of another site can send text/plain without a preflight, so the type is no formality.
function isJson(type) {
  return /^application\/json\s*(?:;\s*charset="?utf-8"?\s*)?$/i.test(type ?? '');
}

async function authorize(request, { authorize: ask, hookTimeoutMs }) {
  const unasked = {};
  const answer = await within(hookTimeoutMs, async () => ask(request), () => unasked);
  if (answer === true) return;
  const status = answer === unasked ? 403 : 401;
  throw refusal(status, 'unauthorized', 'The relay does not know you, or you may not do this');
}

async function limitRate(request, { rateLimit, hookTimeoutMs }) {
  if (!rateLimit) return;
  const answer = await within(hookTimeoutMs, async () => rateLimit(request), () => false);
  if (answer === true || answer?.allow === true) return;
  const retryAfterMs = isWait(answer?.retryAfterMs) ? Math.ceil(answer.retryAfterMs) : undefined;
  throw refusal(429, 'rate_limited', 'Too many requests', { retryAfterMs, repeat: 'undone' });
}

const isWait = (value) => Number.isFinite(value) && value >= 0;

/**
 * Whether the page that asks is one of the relay's own. Without an Origin it is no page, since browsers send one with every
 * POST: then `authorize` alone decides.
 */
function isAllowedOrigin(request, settings) {
  const origin = request.headers.get('origin');
  const site = request.headers.get('sec-fetch-site');
  if (origin === null) return site === null || site === 'same-origin';
  return site === 'same-origin' || settings.origins.has(origin) || isSameOrigin(origin, request);
}

// A relay behind a proxy that speaks TLS for it sees http where the page has https, and Next.js names itself in the URL, not
// the host that was asked for.
function isSameOrigin(origin, { url, headers }) {
  const { protocol, host } = new URL(url);
  return [host, headers.get('host')].some((name) => name && (origin === `${protocol}//${name}` || origin === `https://${name}`));
}

export const isPreflight = ({ method, headers }) =>
  method === 'OPTIONS' && headers.has('origin') && headers.has('access-control-request-method');

/** What lets a page of a listed origin read the answer, whatever it is. */
export function corsHeaders(request, { origins }) {
  const origin = request.headers.get('origin');
  if (!origins.has(origin)) return { vary: 'Origin' };
  return { vary: 'Origin', 'access-control-allow-origin': origin, 'access-control-allow-credentials': 'true' };
}
