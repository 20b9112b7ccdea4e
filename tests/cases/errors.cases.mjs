import { deepEqual, equal, ok } from '../js/support/check.mjs';
import { clientOf, either, failure, faultyUrl, json, KEY, NAMES, OPERATIONS, run, UUID } from '../js/support/outcome.mjs';

const vendorError = (details) => ({
  error: { code: 'the_vendors_code', message: 'The vendor says no.', ...(details && { details }) },
  meta: { request_id: 'req_1', ts: '2026-04-05T10:22:00Z' },
});

// Status, code for createContact, code for createCall: a 5xx, or a 408, may come after the phone has rung.
const STATUSES = [
  [400, 'rejected', 'rejected'],
  [401, 'unauthorized', 'unauthorized'],
  [402, 'payment_required', 'payment_required'],
  [403, 'unauthorized', 'unauthorized'],
  [404, 'not_found', 'not_found'],
  [405, 'rejected', 'rejected'],
  [408, 'timeout', 'outcome_unknown'],
  [409, 'conflict', 'conflict'],
  [413, 'rejected', 'rejected'],
  [422, 'rejected', 'rejected'],
  [429, 'rate_limited', 'rate_limited'],
  [500, 'provider_error', 'outcome_unknown'],
  [502, 'provider_error', 'outcome_unknown'],
  [503, 'provider_error', 'outcome_unknown'],
  [504, 'provider_error', 'outcome_unknown'],
];

export const cases = (env) => NAMES.flatMap((name) => [
  ...ofStatuses(env, name),
  ...ofFieldProblems(env, name),
  ...ofRequestIds(env, name),
  ...ofBadAnswers(env, name),
  ...ofBrokenConnections(env, name),
  ...ofTimeouts(env, name),
  ...ofAborts(env, name),
  ...ofKeys(env, name),
]);

/** A case that runs the operation against one recipe and compares the error; `check` sees what arrived. */
function answered(env, name, title, recipe, expected, check = () => {}) {
  return {
    name: `${name}: ${title} is ${expected.code}`,
    async run() {
      const { baseUrl, seen } = faultyUrl(env, recipe);
      const error = await failure(env, run(env, clientOf(env, { baseUrl }), name), name, expected);
      await check(error, await seen());
    },
  };
}

function ofStatuses(env, name) {
  const plain = STATUSES.map(([status, contactCode, callCode]) => {
    const expected = { code: either(name, contactCode, callCode), status, requestId: 'req_1', issues: undefined, details: undefined };
    return answered(env, name, String(status), json(status, vendorError()), expected, (error, seen) => {
      ok(error.message.includes('The vendor says no.'), error.message);
      ok(seen.length >= 1, 'nothing arrived');
    });
  });
  const details = { reason: 'insufficient_credits', balance: 0, required: 1, redirect_url: null };
  return [
    ...plain,
    answered(env, name, '402 with details', json(402, vendorError(details)), { code: 'payment_required', details }),
    answered(env, name, '429 with details', json(429, vendorError({ limit: 100 })), { code: 'rate_limited', details: { limit: 100 } }),
    answered(env, name, '401 without a body', { status: 401 }, { code: 'unauthorized', status: 401, requestId: undefined }),
    answered(env, name, '500 in HTML', { status: 500, body: '<html>' }, { code: either(name, 'provider_error', 'outcome_unknown'), status: 500 }),
  ];
}

function ofFieldProblems(env, name) {
  const problem = (loc, msg) => ({ loc, msg, type: 'value_error' });
  const own = either(name, ['customFields', 'custom_fields'], ['variables', 'variables']);
  const detail = [
    problem(['body', 'phone_number'], 'bad number'),
    problem(either(name, ['body', 'first_name'], ['body', 'call_settings', 'max_duration']), 'too long'),
    problem(['body', own[1], 'phone_number'], 'no such variable'),
    problem(['body', 'folder_id'], 'no such folder'),
  ];
  const issues = [
    { path: 'phoneNumber', code: 'rejected', message: 'bad number' },
    { path: either(name, 'firstName', 'settings.maxDurationSeconds'), code: 'rejected', message: 'too long' },
    { path: `${own[0]}.phone_number`, code: 'rejected', message: 'no such variable' },
    { path: 'folder_id', code: 'rejected', message: 'no such folder' },
  ];
  const validation = { error: { code: 'validation_error', message: 'phone_number is invalid' } };
  return [
    answered(env, name, '422 as FastAPI writes it, its fields under this package\'s names,', json(422, { detail }), { code: 'rejected', status: 422, issues }),
    answered(env, name, '422 as validation_error', json(422, validation), { code: 'rejected', status: 422, issues: undefined, requestId: undefined }, (error) => {
      equal(error.message, 'phone_number is invalid');
    }),
  ];
}

function ofRequestIds(env, name) {
  const inHeader = { headers: { 'x-request-id': 'req_header' } };
  const inError = { error: { code: 'x', message: 'm', request_id: 'req_inside' } };
  return [
    answered(env, name, '401 with its request id in the header', json(401, {}, inHeader), { code: 'unauthorized', requestId: 'req_header' }),
    answered(env, name, '401 with its request id in the error', json(401, inError), { code: 'unauthorized', requestId: 'req_inside' }),
    answered(env, name, '401 with both', json(401, vendorError(), inHeader), { code: 'unauthorized', requestId: 'req_1' }),
  ];
}

function ofBadAnswers(env, name) {
  const code = either(name, 'bad_response', 'outcome_unknown');
  const bodies = ['', '<html>', '{"data":{"id":"x"}', 'null', '7', '"x"', '[]', '{}', '{"data":null}', '{"data":[]}', '{"data":{}}', '{"data":{"id":7}}', '{"data":{"id":""}}'];
  const lands = json(201, OPERATIONS[name].created);
  const redirects = [301, 302, 303, 307, 308].map((status) => {
    const elsewhere = faultyUrl(env, lands);
    const location = `${elsewhere.baseUrl}/elsewhere`;
    // A page is not told where a redirect points nor which one it was, so there it may as well mean "placed, see there".
    const told = env.runtime === 'node';
    const expected = {
      code: either(name, 'bad_response', told && status !== 303 ? 'bad_response' : 'outcome_unknown'),
      status: told ? status : undefined,
    };
    return answered(env, name, `${status}, which is not followed,`, { status, headers: { location } }, expected, async (error) => {
      deepEqual(await elsewhere.seen(), [], 'what arrived at the redirect\'s target');
      ok(/redirect|points to/.test(error.message), error.message);
    });
  });
  return [
    ...bodies.map((body) => answered(env, name, `201 with the body ${JSON.stringify(body)}`, { status: 201, body }, { code, status: 201 })),
    answered(env, name, '204', { status: 204, headers: { 'content-length': undefined } }, { code, status: 204 }),
    ...redirects,
  ];
}

function ofBrokenConnections(env, name) {
  const created = json(201, OPERATIONS[name].created);
  return [
    {
      name: `${name}: a closed port is ${env.runtime === 'node' ? 'network' : 'outcome_unknown, since a page is not told'}`,
      async run() {
        const code = env.runtime === 'node' ? 'network' : 'outcome_unknown';
        const error = await failure(env, run(env, clientOf(env, { baseUrl: env.closedUrl }), name), name, { code, status: undefined });
        ok(error.cause instanceof TypeError, 'the cause is kept');
      },
    },
    answered(env, name, 'a connection that breaks before an answer', { ending: 'reset' }, { code: 'outcome_unknown', status: undefined }),
    answered(env, name, 'half a body', { ...created, ending: 'cut' }, { code: 'outcome_unknown' }, (error) => {
      ok(error.cause instanceof Error, 'the cause is kept');
    }),
  ];
}

function ofTimeouts(env, name) {
  const code = either(name, 'timeout', 'outcome_unknown');
  const late = (title, recipe, where) => ({
    name: `${name}: ${title}, by timeoutMs of the ${where}, is ${code}`,
    async run() {
      const { baseUrl } = faultyUrl(env, recipe);
      const client = clientOf(env, { baseUrl, ...(where === 'client' && { timeoutMs: 100 }) });
      const from = performance.now();
      await failure(env, run(env, client, name, { options: where === 'options' ? { timeoutMs: 100 } : {} }), name, { code });
      ok(performance.now() - from > 90, 'it ended before its time');
    },
  });
  return [
    late('no answer', { ending: 'hang' }, 'client'),
    late('no answer', { ending: 'hang' }, 'options'),
    late('a body that stalls', json(201, OPERATIONS[name].created, { ending: 'stall' }), 'options'),
  ];
}

function ofAborts(env, name) {
  const reason = new Error('the page was left');
  const aborted = (title, recipe, code, attempts, abortWhen) => ({
    name: `${name}: the caller's abort ${title} is ${code}, and its reason the cause`,
    async run() {
      const { baseUrl, seen } = faultyUrl(env, recipe);
      const controller = new AbortController();
      const abort = () => controller.abort(reason);
      if (abortWhen === 'before') abort();
      const promise = run(env, clientOf(env, { baseUrl }), name, { options: { signal: controller.signal } });
      if (abortWhen === 'during') setTimeout(abort, 100);
      const error = await failure(env, promise, name, { code, attempts });
      equal(error.cause, reason);
      if (abortWhen === 'before') deepEqual(await seen(), [], 'what arrived');
    },
  });
  const code = either(name, 'aborted', 'outcome_unknown');
  return [
    aborted('before', json(201, OPERATIONS[name].created), 'aborted', 0, 'before'),
    aborted('while it waits', { ending: 'hang' }, code, 1, 'during'),
    aborted('while the body is read', json(201, OPERATIONS[name].created, { ending: 'stall' }), code, 1, 'during'),
    {
      name: `${name}: an abort after the answer changes nothing, and the signal is let go of`,
      async run() {
        const { signal, ...rest } = countingSignal();
        const { baseUrl } = faultyUrl(env, json(201, OPERATIONS[name].created));
        const { id } = await run(env, clientOf(env, { baseUrl }), name, { options: { signal } });
        equal(id, OPERATIONS[name].created.data.id);
        equal(rest.listeners(), 0, 'listeners left on the signal');
      },
    },
  ];
}

function countingSignal() {
  const { signal } = new AbortController();
  let count = 0;
  const counted = (method, step) => {
    const own = signal[method].bind(signal);
    signal[method] = (...args) => {
      count += step;
      return own(...args);
    };
  };
  counted('addEventListener', 1);
  counted('removeEventListener', -1);
  return { signal, listeners: () => count };
}

function ofKeys(env, name) {
  if (name !== 'createCall') return [];
  const lost = (title, options, check) => ({
    name: `createCall: ${title}`,
    async run() {
      const { baseUrl, seen } = faultyUrl(env, { ending: 'reset' });
      const error = await env.outdial.createCall(clientOf(env, { baseUrl }), OPERATIONS.createCall.input, options).catch((thrown) => thrown);
      equal(error.code, 'outcome_unknown');
      const [{ headers }] = await seen();
      equal(headers['x-idempotency-key'], error.idempotencyKey);
      check(error.idempotencyKey);
    },
  });
  return [
    lost('an unknown outcome carries the caller\'s key, which was sent', { idempotencyKey: KEY }, (key) => equal(key, KEY)),
    lost('without one, a fresh random key is sent and reported', {}, (key) => ok(UUID.test(key), key)),
    {
      name: 'createCall: without a source of random keys and without a key it is internal, and nothing is sent',
      async run() {
        const { baseUrl, seen } = faultyUrl(env, json(201, OPERATIONS.createCall.created));
        Object.defineProperty(crypto, 'randomUUID', { value: undefined, configurable: true });
        try {
          const promise = env.outdial.createCall(clientOf(env, { baseUrl }), OPERATIONS.createCall.input);
          await failure(env, promise, name, { code: 'internal', attempts: 0, idempotencyKey: undefined });
        } finally {
          delete crypto.randomUUID;
        }
        deepEqual(await seen(), [], 'what arrived');
      },
    },
  ];
}
