import { AGENT, CALLS, CONTACTS, outdial } from './platforms.mjs';

const { createCall, createContact, isOutdialError } = outdial;

/** What creates something, on each platform; `struck` is the request that goes wrong, where the operation has two. */
export const OPERATIONS = {
  'truedy createContact': { provider: 'truedy', struck: 'createContact', run: (client, options) => createContact(client, CONTACTS.truedy, options) },
  'truedy createCall': { provider: 'truedy', struck: 'createCall', keyed: true, run: (client, options) => createCall(client, CALLS.truedy, options) },
  'thoughtly createContact': { provider: 'thoughtly', struck: 'createContact', run: (client, options) => createContact(client, CONTACTS.thoughtly, options) },
  'thoughtly createCall by contactId': {
    provider: 'thoughtly',
    struck: 'createCall',
    // Nothing goes wrong yet, however slow the machine is.
    prepare: async (client) => (await createContact(client, CONTACTS.thoughtly, { timeoutMs: 60_000, totalTimeoutMs: 60_000 })).id,
    run: (client, options, contactId) => createCall(client, { agentId: AGENT, contactId }, options),
  },
  'thoughtly createCall, its contact struck': { provider: 'thoughtly', struck: 'createContact', twoSteps: true, run: (client, options) => createCall(client, CALLS.thoughtly, options) },
  'thoughtly createCall, its call struck': { provider: 'thoughtly', struck: 'createCall', twoSteps: true, run: (client, options) => createCall(client, CALLS.thoughtly, options) },
  'kore createContact': { provider: 'kore', struck: 'createContact', run: (client, options) => createContact(client, CONTACTS.kore, options) },
  'kore createCall': { provider: 'kore', struck: 'createCall', run: (client, options) => createCall(client, CALLS.kore, options) },
};

const TIMES_OUT = { call: 'outcome_unknown', contact: 'timeout', again: 'keyed' };
const BREAKS = { call: 'outcome_unknown', contact: 'outcome_unknown', again: 'keyed' };
const FAILS = { call: 'outcome_unknown', contact: 'provider_error', again: 'keyed' };
const MUMBLES = { call: 'outcome_unknown', contact: 'bad_response', again: 'keyed' };
const LIMITS = { call: 'rate_limited', contact: 'rate_limited', again: 'always' };
const refuses = (code) => ({ call: code, contact: code, again: 'never' });
const WORKS = { call: 'ok', contact: 'ok', again: 'never' };

const both = (kind, members, meaning) => [false, true].map((processed) => [{ kind, ...members, processed }, meaning]);
const status = (code, meaning, members) => [{ kind: 'status', status: code, processed: false, ...members }, meaning];

/**
 * Every fault of the sandbox, and what it means: the code of a call and of a contact that meets nothing else, and whether the
 * request may be sent again: always, under a key that the platform honours, or never.
 */
export const FAULTS = [
  ...both('status', { status: 500 }, FAILS),
  ...both('status', { status: 502 }, FAILS),
  ...both('status', { status: 503, hint: 'retry_after_seconds', afterMs: 10 }, FAILS),
  ...both('status', { status: 504 }, FAILS),
  ...both('status', { status: 408 }, TIMES_OUT),
  ...both('status', { status: 501 }, { ...FAILS, again: 'never' }),
  status(400, refuses('rejected')),
  status(401, refuses('unauthorized')),
  status(402, refuses('payment_required')),
  status(403, refuses('unauthorized')),
  status(404, refuses('not_found')),
  status(409, refuses('conflict')),
  status(422, refuses('rejected')),
  status(429, LIMITS),
  status(429, LIMITS, { hint: 'retry_after_seconds', afterMs: 10 }),
  status(429, LIMITS, { hint: 'retry_after_date', afterMs: 10 }),
  status(429, LIMITS, { hint: 'reset_at', afterMs: 10 }),
  [{ kind: 'cut_before' }, BREAKS],
  [{ kind: 'cut_during' }, BREAKS],
  [{ kind: 'cut_after' }, BREAKS],
  ...both('never', {}, TIMES_OUT),
  [{ kind: 'stall' }, TIMES_OUT],
  ...both('slow', { ms: 3_000 }, TIMES_OUT),
  ...both('garbage', {}, MUMBLES),
  [{ kind: 'half_body' }, MUMBLES],
  [{ kind: 'huge_body' }, WORKS],
  ...both('html', { status: 502 }, FAILS),
  ...both('html', { status: 200 }, MUMBLES),
  [{ kind: 'wrong_content_type' }, WORKS],
  ...both('wrong_shape', {}, MUMBLES),
  ...both('wrong_shape', { json: null }, MUMBLES),
  ...both('wrong_shape', { json: [] }, MUMBLES),
  ...[301, 302, 307, 308].map((code) => [{ kind: 'redirect', status: code }, refuses('bad_response')]),
  [{ kind: 'redirect', status: 303 }, MUMBLES],
].map(([fault, meaning]) => ({ name: nameOf(fault), fault, ...meaning }));

function nameOf({ kind, processed, ...members }) {
  const said = Object.values(members).map((value) => (typeof value === 'object' ? JSON.stringify(value) : value));
  const done = { true: ', done', false: ', not done', undefined: '' }[processed];
  return `${[kind, ...said].join(' ')}${done}`;
}

/** How an operation ends, and after how many struck requests, if a fault strikes once or each time. */
export function expected({ keyed, struck }, { call, contact, again }, { each, maxRetries }) {
  const code = struck === 'createCall' ? call : contact;
  if (code === 'ok') return { code, posts: 1 };
  const repeats = again === 'always' || (again === 'keyed' && keyed);
  if (!repeats) return { code, posts: 1 };
  return each ? { code, posts: 1 + maxRetries } : { code: 'ok', posts: 2 };
}

/** What exists and what arrived, beyond what was there before. */
export function countsOf(sandbox, provider, before = { calls: 0, contacts: 0, posts: 0 }) {
  const { calls, contacts } = sandbox.created[provider];
  const posts = Object.values(sandbox.arrived).reduce((sum, count) => sum + count, 0);
  return { calls: calls - before.calls, contacts: contacts - before.contacts, posts: posts - before.posts };
}

/**
 * Nothing rings twice and nothing is there that the caller was not told of, whatever went wrong. Over a `wire` a request
 * that was given up may never arrive.
 */
export function violations(provider, { calls, contacts, posts }, { error }, { wire = false } = {}) {
  const told = error ? error.attempts : Infinity;
  const isTold = wire ? posts <= told : posts === told;
  const most = provider === 'kore' ? 1 : (error?.attempts ?? 1);
  return [
    calls > 1 && `${calls} calls exist`,
    contacts > most && `${contacts} contacts exist, at most ${most} may`,
    error?.code === 'network' && 'the network was there',
    error && error.code !== 'aborted' && !isTold && `${posts} POSTs arrived, ${told} were told of`,
  ].filter(Boolean);
}

const isCall = ({ struck, twoSteps }) => struck === 'createCall' || twoSteps === true;

/** The codes with which an operation may end where the network is there and the input is good. */
const endingsOf = (operation) => new Set(['aborted', ...FAULTS.flatMap(({ call, contact }) => (isCall(operation) ? [call, contact] : [contact]))]);

/**
 * Nothing is lost: an operation ends as documented, what it says to exist does, and a call that exists is told of, if only
 * as one of which nothing is known.
 */
export function losses(name, sandbox, { calls, contacts }, { value, error }) {
  const operation = OPERATIONS[name];
  if (error) {
    return [
      !isOutdialError(error) && `ended with ${error}`,
      isOutdialError(error) && !endingsOf(operation).has(error.code) && `ended with ${error.code}: ${error.message}`,
      calls > 0 && error.code !== 'outcome_unknown' && `a call exists, and the caller was told ${error.code}`,
    ].filter(Boolean);
  }
  const [made, there] = isCall(operation) ? [calls, sandbox.calls] : [contacts, sandbox.contacts];
  // Thoughtly names no call.
  const exists = made > 0 && (value.id === undefined || there.some((record) => Object.values(record).includes(value.id)));
  return exists ? [] : [`told of ${value.id}, which does not exist`];
}
