import { deepEqual, equal, ok } from './check.mjs';

export const API_KEY = 'truedy_a1b2c3d4e5f6';
export const KEY = '8b7e6494-3839-49dc-9638-a1944fdd8cda';
export const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
export const CONTACT = { phoneNumber: '+14155552671' };
export const CALL = { agentId: '1f4baf16-1540-4d91-9696-7f34b2f2cb77', phoneNumber: '+14155552671' };

/** Both operations, by name, with an input that is good and the options that a call adds. */
export const OPERATIONS = {
  createContact: { input: CONTACT, options: {}, created: { data: { id: 'ctc_1', phone_number: '+14155552671' } } },
  createCall: { input: CALL, options: { idempotencyKey: KEY }, created: { data: { id: 'call_1', status: 'queued' } } },
};

export const NAMES = Object.keys(OPERATIONS);

/** A client that asks once, unless `config` says otherwise. */
export function clientOf({ outdial }, config) {
  return outdial.createClient({ provider: 'truedy', apiKey: API_KEY, maxRetries: 0, dangerouslyAllowBrowser: true, ...config });
}

/** Does the operation with its good input, or with others. */
export function run({ outdial }, client, name, { input = OPERATIONS[name].input, options } = {}) {
  return outdial[name](client, input, options === undefined || Object(options) === options ? { ...OPERATIONS[name].options, ...options } : options);
}

let serial = 0;

/** An address of the server of faults that follows `recipe`, and what arrived there. */
export function faultyUrl({ faultsUrl }, recipe) {
  const id = `${Date.now()}-${serial++}`;
  const text = btoa(unescape(encodeURIComponent(JSON.stringify(recipe)))).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '');
  return {
    baseUrl: `${faultsUrl}/${id}/${text}`,
    seen: async () => (await fetch(`${faultsUrl}/seen/${id}`)).json(),
  };
}

export const json = (status, document, rest) => ({ status, body: JSON.stringify(document), ...rest });

// A case may replace the globals.
const { setTimeout: later, clearTimeout: cancel } = globalThis;

/** Waits for `promise` for two seconds; gives `{ value }` or `{ error }`. */
export async function settled(promise, what = 'the promise') {
  let timer;
  const late = new Promise((_, reject) => {
    timer = later(() => reject(new Error(`${what} did not settle within 2 s`)), 2_000);
  });
  try {
    return await Promise.race([Promise.resolve(promise).then((value) => ({ value }), (error) => ({ error })), late]);
  } finally {
    cancel(timer);
  }
}

/** The OutdialError of an operation of Truedy, complete as promised, after comparing the fields named in `expected`. */
export async function failure({ outdial }, promise, name, expected = {}) {
  const outcome = await settled(promise, name);
  ok('error' in outcome, `${name} resolved with ${JSON.stringify(outcome.value)}`);
  const { error } = outcome;
  ok(outdial.isOutdialError(error) && error instanceof outdial.OutdialError, `${name} rejected with no OutdialError: ${String(error)} ${error?.stack}`);
  const dialled = name === 'createCall' && error.code !== 'invalid_input' ? { idempotencyKey: KEY } : { idempotencyKey: undefined };
  for (const [field, value] of Object.entries({ provider: 'truedy', operation: name, attempts: 1, ...dialled, ...expected })) {
    deepEqual(error[field], value, `${field} of "${error}"`);
  }
  ok(typeof error.message === 'string' && error.message.length > 0, 'the message is empty');
  return error;
}

/** The code for an answer that got lost, or that failed after the platform may have acted. */
export const either = (name, contactCode, callCode) => (name === 'createCall' ? callCode : contactCode);

/** Whether the package still does its work. */
export async function stillWorks(env) {
  for (const name of NAMES) {
    const fetch = async () => new Response(JSON.stringify(OPERATIONS[name].created), { status: 201 });
    const { value, error } = await settled(run(env, clientOf(env, { fetch }), name), `${name} afterwards`);
    equal(value?.id, OPERATIONS[name].created.data.id, `${name} afterwards, ${error?.message}`);
  }
}
