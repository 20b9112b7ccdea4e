import { deepEqual, equal, ok } from '../js/support/check.mjs';
import { thrower, hostile, revoked, knot, throwing, UNSENDABLE, guarded, silentClient } from '../js/support/hostile.mjs';
import { API_KEY, clientOf, CONTACT, either, failure, faultyUrl, json, NAMES, OPERATIONS, run, settled, stillWorks } from '../js/support/outcome.mjs';

/** What is no object at all, or not one with the fields of an input. */
const NO_INPUT = {
  undefined: () => undefined,
  null: () => null,
  'a string': () => '+14155552671',
  'a number': () => 7,
  'true': () => true,
  'an array': () => [CONTACT],
  'an empty object': () => ({}),
  'a form': () => new FormData(),
  'a date': () => new Date(),
};

export const cases = (env) => [
  ...NAMES.flatMap((name) => [...ofInputs(env, name), ...ofOptions(env, name)]),
  ...ofConfigs(env),
  ...ofClients(env),
  ...ofOtherOperations(env),
];

const within = (path, holder) => path === holder || path.startsWith(`${holder}.`);

async function refuses(env, name, given, path) {
  const { client, asked } = silentClient(env);
  const error = await failure(env, run(env, client, name, given), name, { code: 'invalid_input', attempts: 0 });
  ok(error.issues.some((issue) => within(issue.path, path) || within(path, issue.path)), `no issue at ${path}: ${JSON.stringify(error.issues).slice(0, 300)}`);
  ok(error.issues.length < 1_000, `${error.issues.length} issues`);
  equal(asked(), 0, 'requests');
  equal({}.polluted, undefined, 'Object.prototype');
}

function ofInputs(env, name) {
  const good = OPERATIONS[name].input;
  const place = either(name, 'customFields', 'variables');
  const unsendable = ([what, make]) => guarded(env, `${name}: ${what} is invalid_input wherever it stands`, async () => {
    await refuses(env, name, { input: { ...good, [place]: { inner: make() } } }, `${place}.inner`);
    await refuses(env, name, { input: { ...good, extra: { list: [make()] } } }, 'extra.list.0');
    await refuses(env, name, { input: { ...good, phoneNumber: make() } }, 'phoneNumber');
    const { client, asked } = silentClient(env);
    const error = await failure(env, env.outdial[name](client, make()), name, { code: 'invalid_input', attempts: 0 });
    ok(error.issues.length > 0 && error.issues.length < 1_000, `${error.issues.length} issues`);
    equal(asked(), 0, 'requests');
  });
  return [
    ...Object.entries(UNSENDABLE).map(unsendable),
    ...Object.entries(NO_INPUT).map(([what, make]) => ({
      name: `${name}: ${what} instead of an input is invalid_input`,
      run: () => failure(env, env.outdial[name](silentClient(env).client, make()), name, { code: 'invalid_input', attempts: 0 }),
    })),
    ...ofWillingInputs(env, name),
  ];
}

/** What looks odd and is plain data all the same. */
function ofWillingInputs(env, name) {
  const place = either(name, 'customFields', 'variables');
  const wire = either(name, 'custom_fields', 'variables');
  class Values {
    own = 'yes';
    get inherited() {
      return 'no';
    }
  }
  const willing = {
    'a megabyte of text': [() => ({ text: 'é'.repeat(500_000) }), (sent) => equal(sent.text, 'é'.repeat(500_000))],
    'an object without a prototype': [() => Object.assign(Object.create(null), { a: 1 }), (sent) => deepEqual(sent, { a: 1 })],
    'an instance of a class': [() => new Values(), (sent) => deepEqual(sent, { own: 'yes' })],
    'a date': [() => ({ at: new Date(0) }), (sent) => deepEqual(sent, { at: '1970-01-01T00:00:00.000Z' })],
    'a URL': [() => ({ at: new URL('https://a.example/?b') }), (sent) => deepEqual(sent, { at: 'https://a.example/?b' })],
    'members called constructor and toString': [() => ({ constructor: 'a', toString: 'b', hasOwnProperty: 'c' }), (sent) => deepEqual(sent, { constructor: 'a', toString: 'b', hasOwnProperty: 'c' })],
    'a frozen object and a proxy of it': [() => new Proxy(Object.freeze({ a: 'x' }), {}), (sent) => deepEqual(sent, { a: 'x' })],
    'the replacement character': [() => ({ a: '\ufffd' }), (sent) => deepEqual(sent, { a: '\ufffd' })],
    'a whole surrogate pair': [() => ({ a: '😀' }), (sent) => deepEqual(sent, { a: '😀' })],
    'an undefined member': [() => ({ a: 'x', b: undefined }), (sent) => deepEqual(sent, { a: 'x' })],
  };
  return Object.entries(willing).map(([what, [make, check]]) => ({
    name: `${name}: ${what} is sent as JSON.stringify would send it`,
    async run() {
      const { baseUrl, seen } = faultyUrl(env, json(201, OPERATIONS[name].created));
      const { error } = await settled(run(env, clientOf(env, { baseUrl }), name, { input: { ...OPERATIONS[name].input, [place]: make() } }));
      equal(error, undefined);
      check(JSON.parse((await seen())[0].body)[wire]);
    },
  }));
}

function ofOptions(env, name) {
  const bad = {
    null: [null, ''],
    'a string': ['x', ''],
    'a number': [7, ''],
    'an array': [[], ''],
    'a function': [() => {}, ''],
    'a revoked proxy': [revoked(), ''],
    'a proxy that throws in every trap': [hostile(), ''],
  };
  const fields = {
    'a signal that is none': [{ signal: {} }, 'signal'],
    'a signal that is a string': [{ signal: 'now' }, 'signal'],
    'a signal that is a proxy that throws': [{ signal: hostile() }, 'signal'],
    'a signal that cannot be read': [throwing('signal'), 'signal'],
    'a timeoutMs that cannot be read': [throwing('timeoutMs'), 'timeoutMs'],
    'a timeoutMs of 0': [{ timeoutMs: 0 }, 'timeoutMs'],
    'a timeoutMs of 2^31': [{ timeoutMs: 2 ** 31 }, 'timeoutMs'],
    'an unknown option': [{ retries: 3 }, 'retries'],
    'a key with a line break': [{ idempotencyKey: 'a\r\nX-Evil: 1' }, 'idempotencyKey'],
    'a key beyond Latin-1': [{ idempotencyKey: 'schlüssel' }, 'idempotencyKey'],
    'an empty key': [{ idempotencyKey: '' }, 'idempotencyKey'],
    'a key of 256 characters': [{ idempotencyKey: 'k'.repeat(256) }, 'idempotencyKey'],
  };
  const refusal = ([what, [options, path]]) => guarded(env, `${name}: ${what} among the options is invalid_input`, async () => {
    const { client, asked } = silentClient(env);
    const error = await failure(env, env.outdial[name](client, OPERATIONS[name].input, options), name, { code: 'invalid_input', attempts: 0 });
    ok(error.issues.some((issue) => issue.path === path), JSON.stringify(error.issues));
    equal(asked(), 0, 'requests');
  });
  return [...Object.entries(bad), ...Object.entries(fields)].map(refusal);
}

function ofConfigs({ outdial }) {
  const good = { provider: 'truedy', apiKey: API_KEY };
  const configs = {
    ...Object.fromEntries(Object.entries({ ...UNSENDABLE, ...NO_INPUT }).map(([what, make]) => [what, make])),
    ...Object.fromEntries(Object.entries(UNSENDABLE).map(([what, make]) => [`${what} as the key`, () => ({ ...good, apiKey: make() })])),
    ...Object.fromEntries(Object.entries(UNSENDABLE).map(([what, make]) => [`${what} as the policy`, () => ({ ...good, policy: make() })])),
    ...Object.fromEntries(Object.entries(UNSENDABLE).map(([what, make]) => [`${what} in the policy`, () => ({ ...good, policy: { regions: make() } })])),
    'a key with a line break': () => ({ ...good, apiKey: `${API_KEY}\n` }),
    'a key with a header behind it': () => ({ ...good, apiKey: `${API_KEY}\r\nX-Evil: 1` }),
    'a key beyond Latin-1': () => ({ ...good, apiKey: 'truedy_\u{1f511}' }),
    'a key with an umlaut': () => ({ ...good, apiKey: 'truedy_ü' }),
    'an empty key': () => ({ ...good, apiKey: '' }),
    'a fetch that is none': () => ({ ...good, fetch: 'fetch' }),
    'a fetch that cannot be read': () => Object.defineProperty({ ...good }, 'fetch', { enumerable: true, get: thrower() }),
    'a baseUrl that is none': () => ({ ...good, baseUrl: 'http://[' }),
    'a baseUrl with a port that is none': () => ({ ...good, baseUrl: 'http://127.0.0.1:99999' }),
    'a baseUrl with a space': () => ({ ...good, baseUrl: 'http://a b' }),
    'a baseUrl without a host': () => ({ ...good, baseUrl: 'http:///x' }),
    'a provider that is none': () => ({ ...good, provider: 'nobody' }),
    'a provider from the prototype': () => ({ ...good, provider: '__proto__' }),
  };
  return Object.entries(configs).map(([what, make]) => ({
    name: `createClient: ${what} is invalid_input`,
    run() {
      try {
        outdial.createClient(make());
      } catch (error) {
        ok(outdial.isOutdialError(error), `threw ${String(error)}`);
        equal(error.code, 'invalid_input');
        ok(error.issues.length > 0 && error.issues.length < 1_000, `${error.issues.length} issues`);
        return;
      }
      throw new Error('it was taken');
    },
  }));
}

function ofClients(env) {
  const strangers = { undefined, null: null, 'a string': 'truedy', 'a plain object': { provider: 'truedy' }, 'a proxy that throws': hostile(), 'a revoked proxy': revoked() };
  return NAMES.flatMap((name) => Object.entries(strangers).map(([what, client]) => ({
    name: `${name}: ${what} instead of a client is invalid_input`,
    run: () => failure(env, env.outdial[name](client, OPERATIONS[name].input), name, { code: 'invalid_input', attempts: 0, provider: undefined, issues: [{ path: 'client', code: 'invalid_type', message: 'must be made by createClient' }] }),
  })));
}

/** Whatever an operation is given, it answers with an OutdialError. */
function ofOtherOperations(env) {
  const { outdial } = env;
  const client = () => silentClient(env).client;
  const first = async (iterable) => {
    for await (const item of iterable) return item;
  };
  const given = {
    'listCalls with a query': (value) => outdial.listCalls(client(), value).page(),
    'listCalls, iterated, with a query': (value) => first(outdial.listCalls(client(), value)),
    'updateCall with changes': (value) => outdial.updateCall(client(), 'call_1', value),
    'getCall with an id': (value) => outdial.getCall(client(), value),
    'deleteCall with an id': (value) => outdial.deleteCall(client(), value),
    'deleteCalls with ids': (value) => outdial.deleteCalls(client(), value),
    'getRecording with an id': (value) => outdial.getRecording(client(), value),
    'resumeCall with an error': (value) => outdial.resumeCall(client(), value),
    'createContacts with inputs': (value) => first(outdial.createContacts(client(), value)),
    'checkPolicy with a policy': (value) => outdial.checkPolicy(value, '+14155552671'),
    'checkPolicy with a number': (value) => outdial.checkPolicy({}, value),
  };
  const values = { 'a proxy that throws in every trap': hostile, 'a revoked proxy': revoked, 'objects that hold each other': knot, null: () => null, 'a symbol': () => Symbol('s') };
  const hasNoIssue = new Set(['createContacts with inputs']);
  return Object.entries(given).flatMap(([what, work]) => Object.entries(values).map(([kind, make]) => ({
    name: `${what} that are ${kind} is invalid_input`,
    async run() {
      const { value, error } = await settled((async () => work(make()))(), what);
      ok(outdial.isOutdialError(error), `${String(error)} ${error?.stack}, ${JSON.stringify(value)}`);
      equal(error.code, 'invalid_input');
      ok(hasNoIssue.has(what) || error.issues.length > 0, 'no issue');
      await stillWorks(env);
    },
  })));
}
