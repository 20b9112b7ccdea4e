import { deepEqual, equal, ok } from '../js/support/check.mjs';
import { API_KEY, CALL, clientOf, CONTACT, either, failure, faultyUrl, json, NAMES, OPERATIONS, run, settled, stillWorks } from '../js/support/outcome.mjs';

const thrower = (what = new Error('it fights back')) => () => {
  throw what;
};

/** A proxy whose every trap throws. */
function hostile(target = {}) {
  const traps = Object.getOwnPropertyNames(Reflect).filter((name) => typeof Reflect[name] === 'function');
  return new Proxy(target, Object.fromEntries(traps.map((trap) => [trap, thrower()])));
}

function revoked(target = {}) {
  const { proxy, revoke } = Proxy.revocable(target, {});
  revoke();
  return proxy;
}

/** An object in which everything holds everything: walked as a tree it has no end. */
function knot() {
  const one = { name: 'one' };
  const other = { name: 'other', one };
  Object.assign(one, { other, itself: one, list: [one, other] });
  return one;
}

/** Sixty levels, each holding the next twice: 2^60 places, and no cycle. */
function ladder() {
  let rung = { end: true };
  for (let level = 0; level < 60; level++) rung = { left: rung, right: rung };
  return rung;
}

function deep(levels) {
  let inner = {};
  for (let level = 0; level < levels; level++) inner = { inner };
  return inner;
}

const throwing = (name) => Object.defineProperty({}, name, { enumerable: true, get: thrower() });

/** What cannot be sent as JSON wherever it stands. */
const UNSENDABLE = {
  'a proxy that throws in every trap': () => hostile(),
  'an array proxy that throws in every trap': () => hostile([]),
  'a revoked proxy': () => revoked(),
  'a revoked array proxy': () => revoked([]),
  'an array whose length throws': () => new Proxy([1], { get: thrower() }),
  'an array proxy with an endless length': () => new Proxy([], { get: (list, name) => (name === 'length' ? 2 ** 40 : list[name]) }),
  'an array of four thousand million holes': () => new Array(2 ** 32 - 1),
  'objects that hold each other': knot,
  'an array that holds itself': () => {
    const list = [];
    list.push(list, list);
    return list;
  },
  'a ladder of sixty doubled levels': ladder,
  'a thousand levels': () => deep(1_000),
  'a proxy of endless depth and width': () => {
    const endless = () => new Proxy({ one: 1, two: 2 }, { get: (_, name) => (typeof name === 'string' && name !== 'toJSON' ? endless() : undefined) });
    return endless();
  },
  'a getter that throws': () => throwing('inner'),
  'a getter that throws undefined': () => Object.defineProperty({}, 'inner', { enumerable: true, get: thrower(undefined) }),
  'a toJSON that throws': () => ({ toJSON: thrower() }),
  'a toJSON that gives an object': () => ({ toJSON: () => ({}) }),
  'a toJSON getter that throws': () => throwing('toJSON'),
  'a BigInt': () => 1n,
  'a symbol': () => Symbol('s'),
  'a function': () => () => {},
  'a class': () => class {},
  NaN: () => Number.NaN,
  Infinity: () => Number.POSITIVE_INFINITY,
  'a Map': () => new Map([['a', 1]]),
  'a Set': () => new Set([1]),
  'a WeakMap': () => new WeakMap(),
  'a regular expression': () => /x/,
  'a promise': () => Promise.resolve({}),
  'an Error': () => new Error('e'),
  'bytes': () => new Uint8Array(3),
  'an ArrayBuffer': () => new ArrayBuffer(3),
  'a URLSearchParams': () => new URLSearchParams('a=1'),
  'a Headers': () => new Headers({ a: '1' }),
  'a boxed string': () => new String('x'),
  'half a surrogate pair': () => 'a\ud800b',
  'a name that is half a surrogate pair': () => ({ '\udc00': 1 }),
  'a __proto__ member made by JSON.parse': () => JSON.parse('{"__proto__":{"polluted":true}}'),
  'the global object': () => globalThis,
};

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

const REASONS = {
  'a string': 'left',
  'a number': 42,
  null: null,
  'a symbol': Symbol('left'),
  'a BigInt': 1n,
  'a plain object': { left: true },
  'a function': () => {},
  'a proxy that throws in every trap': hostile(),
  nothing: undefined,
};

/** What a mock of fetch may do; the codes are those of createContact and of createCall. */
const FETCHES = {
  'throws an Error': [thrower(), 'outcome_unknown', 'outcome_unknown'],
  'throws a string': [thrower('no'), 'outcome_unknown', 'outcome_unknown'],
  'throws undefined': [thrower(undefined), 'outcome_unknown', 'outcome_unknown'],
  'throws a proxy that throws': [thrower(hostile()), 'outcome_unknown', 'outcome_unknown'],
  'rejects with a string': [() => Promise.reject('no'), 'outcome_unknown', 'outcome_unknown'],
  'rejects with undefined': [() => Promise.reject(), 'outcome_unknown', 'outcome_unknown'],
  'rejects with a symbol': [() => Promise.reject(Symbol('no')), 'outcome_unknown', 'outcome_unknown'],
  'rejects with a cause that throws': [() => Promise.reject(throwing('cause')), 'outcome_unknown', 'outcome_unknown'],
  'rejects with a revoked proxy': [() => Promise.reject(revoked()), 'outcome_unknown', 'outcome_unknown'],
  'answers a thenable that throws': [() => ({ then: thrower() }), 'outcome_unknown', 'outcome_unknown'],
  'answers a thenable whose then throws on reading': [() => throwing('then'), 'outcome_unknown', 'outcome_unknown'],
  'answers a thenable that rejects with a number': [() => ({ then: (_, reject) => reject(7) }), 'outcome_unknown', 'outcome_unknown'],
  'never answers': [() => new Promise(() => {}), 'timeout', 'outcome_unknown'],
  'answers a thenable that never calls back': [() => ({ then() {} }), 'timeout', 'outcome_unknown'],
  ...Object.fromEntries(Object.entries({
    nothing: undefined,
    null: null,
    'a number': 201,
    'a string': '{"data":{"id":"x"}}',
    'an empty object': {},
    'a document instead of a Response': { data: { id: 'x' } },
    'a status without a body': { status: 201 },
    'a body without a status': { text: async () => '{}' },
    'a status that is text': { status: '201', text: async () => '{}' },
    'a status that throws': throwing('status'),
    'a status of NaN': { status: Number.NaN, text: async () => '{"data":{"id":"x"}}' },
    'a status of 201.5': { status: 201.5, text: async () => '{"data":{"id":"x"}}' },
    'a status of -1': { status: -1, text: async () => '{"data":{"id":"x"}}' },
    'a status of 65737': { status: 65_536 + 201, text: async () => '{"data":{"id":"x"}}' },
    'a text that throws': { status: 201, text: thrower() },
    'a text that throws undefined': { status: 201, text: thrower(undefined) },
    'a text that is none': { status: 201, text: '{"data":{"id":"x"}}' },
    'a text of undefined': { status: 201, text: () => undefined },
    'a text of a symbol': { status: 201, text: () => Symbol('t') },
    'a text of an object that throws': { status: 201, text: () => ({ toString: thrower() }) },
    'a Response.error()': Response.error(),
  }).map(([what, answer]) => [`answers ${what}`, [async () => answer, 'bad_response', 'outcome_unknown']])),
  'answers a revoked proxy': [() => revoked(), 'outcome_unknown', 'outcome_unknown'],
  'answers a proxy that throws': [() => hostile(), 'outcome_unknown', 'outcome_unknown'],
  'answers a text that rejects': [async () => ({ status: 201, text: () => Promise.reject('no') }), 'outcome_unknown', 'outcome_unknown'],
  'answers a text that is a thenable that throws': [async () => ({ status: 201, text: () => ({ then: thrower() }) }), 'outcome_unknown', 'outcome_unknown'],
  'answers a text that never comes': [async () => ({ status: 201, text: () => new Promise(() => {}) }), 'timeout', 'outcome_unknown'],
  'answers a body that was read before': [async () => {
    const response = new Response('{"data":{"id":"x"}}', { status: 201 });
    await response.text();
    return response;
  }, 'outcome_unknown', 'outcome_unknown'],
};

/** Answers of a mock that are good enough, however poor they are. */
const GOOD_ANSWERS = {
  'a Response': (body) => new Response(body, { status: 201 }),
  'a plain object with status and text': (body) => ({ status: 201, text: async () => body }),
  'a text that is no promise': (body) => ({ status: 201, text: () => body }),
  'headers that throw': (body) => Object.defineProperty({ status: 201, text: async () => body }, 'headers', { get: thrower() }),
  'headers whose get throws': (body) => ({ status: 201, headers: { get: thrower() }, text: async () => body }),
  'headers whose get gives an object': (body) => ({ status: 201, headers: { get: () => ({}) }, text: async () => body }),
};

export const cases = (env) => [
  ...NAMES.flatMap((name) => [
    ...ofInputs(env, name),
    ...ofOptions(env, name),
    ...ofAbortReasons(env, name),
    ...ofFetches(env, name),
  ]),
  ...ofConfigs(env),
  ...ofClients(env),
  ...ofReentry(env),
  ...ofOtherOperations(env),
  ...ofTokens(env),
  ...ofListeners(env),
];

/** A case after which the package, and a call that was on its way meanwhile, still do their work. */
function guarded(env, name, check) {
  return {
    name,
    async run() {
      let answer;
      const fetch = () => new Promise((resolve) => (answer = resolve));
      const meanwhile = run(env, clientOf(env, { fetch }), 'createCall');
      await new Promise((resolve) => { setTimeout(resolve); });
      await check();
      answer(new Response(JSON.stringify(OPERATIONS.createCall.created), { status: 201 }));
      equal((await settled(meanwhile, 'a call on its way meanwhile')).value?.id, 'call_1');
      await stillWorks(env);
    },
  };
}

/** A client whose fetch must not be asked. */
function silentClient(env) {
  let asked = 0;
  const fetch = async () => {
    asked += 1;
    return new Response('{}', { status: 500 });
  };
  return { client: clientOf(env, { fetch }), asked: () => asked };
}

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

function ofAbortReasons(env, name) {
  const whole = json(201, OPERATIONS[name].created);
  const moments = [['before', whole], ['while it waits', { ending: 'hang' }], ['while the body is read', { ...whole, ending: 'stall' }]];
  return Object.entries(REASONS).flatMap(([what, reason]) => moments.map(([moment, recipe]) => guarded(env, `${name}: an abort ${moment} with ${what} as its reason settles`, async () => {
    const { baseUrl } = faultyUrl(env, recipe);
    const controller = new AbortController();
    if (moment === 'before') controller.abort(reason);
    const promise = run(env, clientOf(env, { baseUrl }), name, { options: { signal: controller.signal } });
    if (moment !== 'before') setTimeout(() => controller.abort(reason), 50);
    const code = moment === 'before' ? 'aborted' : either(name, 'aborted', 'outcome_unknown');
    const error = await failure(env, promise, name, { code, attempts: moment === 'before' ? 0 : 1 });
    ok(error.cause === controller.signal.reason, 'the reason is the cause');
  })));
}

function ofFetches(env, name) {
  const bad = Object.entries(FETCHES).flatMap(([what, [fetch, contactCode, callCode]]) => {
    const code = either(name, contactCode, callCode);
    const config = { timeoutMs: 200 };
    return [
      guarded(env, `${name}: a fetch that ${what} is ${code}`, () => failure(env, run(env, clientOf(env, { ...config, fetch }), name), name, { code })),
      {
        name: `${name}: a global fetch that ${what} is ${code}`,
        run: () => withGlobal('fetch', fetch, () => failure(env, run(env, clientOf(env, config), name), name, { code })),
      },
    ];
  });
  const good = Object.entries(GOOD_ANSWERS).map(([what, answer]) => ({
    name: `${name}: a fetch that answers ${what} is understood`,
    async run() {
      const fetch = async () => answer(JSON.stringify(OPERATIONS[name].created));
      equal((await settled(run(env, clientOf(env, { fetch }), name))).value?.id, OPERATIONS[name].created.data.id);
    },
  }));
  return [...bad, ...good, ...ofMissingGlobals(env, name)];
}

/** A runtime without a part of fetch, or with a mock in its place (jsdom has none of them), and no request that was sent. */
function ofMissingGlobals(env, name) {
  const fetch = async () => new Response(JSON.stringify(OPERATIONS[name].created), { status: 201 });
  const lacks = (title, global, value, config = {}) => guarded(env, `${name}: ${title} is network, since nothing can be sent`, () =>
    withGlobal(global, value, () => failure(env, run(env, clientOf(env, config), name), name, { code: 'network' })));
  const mocks = {
    'no': undefined,
    'a number for a': 7,
    'a throwing mock of': class { constructor() { throw 'no'; } },
    'an arrow function for a': () => {},
  };
  return [
    ...['no fetch', 'a number for a fetch'].map((title, index) => lacks(title, 'fetch', [undefined, 7][index])),
    ...['Request', 'Headers', 'AbortController'].flatMap((global) =>
      Object.entries(mocks).map(([what, value]) => lacks(`${what} ${global}`, global, value, { fetch }))),
    lacks('an empty mock of Headers', 'Headers', class {}, { fetch }),
    {
      name: `${name}: an AbortController that cannot abort does not keep an attempt from its end`,
      run: () => withGlobal('AbortController', class {}, () => {
        const client = clientOf(env, { fetch: () => new Promise(() => {}), timeoutMs: 50 });
        return failure(env, run(env, client, name), name, { code: either(name, 'timeout', 'outcome_unknown') });
      }),
    },
    lacks('a setTimeout that throws', 'setTimeout', thrower(), { fetch }),
  ];
}

/** Does `work` while a global is another. */
async function withGlobal(name, value, work) {
  const own = Object.getOwnPropertyDescriptor(globalThis, name);
  Object.defineProperty(globalThis, name, { value, configurable: true, writable: true });
  try {
    return await work();
  } finally {
    Object.defineProperty(globalThis, name, own);
  }
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

function ofReentry(env) {
  return [
    guarded(env, 'an input may ask the package while it is read', async () => {
      const { baseUrl, seen } = faultyUrl(env, json(201, OPERATIONS.createCall.created));
      const client = clientOf(env, { baseUrl });
      const inner = [];
      const input = {
        ...CALL,
        get variables() {
          inner.push(env.outdial.validateCall(client, CALL), run(env, client, 'createCall', { options: { idempotencyKey: `key-${inner.length}` } }));
          return { asked: true };
        },
      };
      equal((await settled(run(env, client, 'createCall', { input }))).value?.id, 'call_1');
      deepEqual(inner[0], []);
      equal((await settled(inner[1])).value?.id, 'call_1');
      await Promise.all(inner);
      equal((await seen()).length, 1 + inner.length / 2, 'requests');
    }),
    guarded(env, 'a fetch may ask the package while it sends', async () => {
      const nested = [];
      const client = clientOf(env, {
        fetch: async () => {
          if (nested.length < 3) nested.push(run(env, client, 'createCall'));
          return new Response(JSON.stringify(OPERATIONS.createCall.created), { status: 201 });
        },
      });
      for (const outcome of [run(env, client, 'createCall'), ...nested]) equal((await settled(outcome)).value?.id, 'call_1');
    }),
    guarded(env, 'two hundred calls at once, half of them failing, each get their own outcome', async () => {
      const fetch = async (request) => {
        const { variables } = JSON.parse(await request.text());
        await new Promise((resolve) => { setTimeout(resolve, variables.index % 7); });
        if (variables.index % 2) throw `no ${variables.index}`;
        return new Response(JSON.stringify({ data: { id: `call_${variables.index}` } }), { status: 201 });
      };
      const client = clientOf(env, { fetch });
      const outcomes = await Promise.all(Array.from({ length: 200 }, (_, index) => settled(run(env, client, 'createCall', { input: { ...CALL, variables: { index } }, options: { idempotencyKey: `key-${index}` } }))));
      for (const [index, { value, error }] of outcomes.entries()) {
        if (index % 2) equal(error.cause, `no ${index}`);
        else equal(value.id, `call_${index}`);
      }
    }),
  ];
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

/** Functions that a client asks for a token. */
function ofTokens(env) {
  const contact = { ...CONTACT, firstName: 'Jane', lastName: 'Doe', salutation: 'Ms' };
  const auths = {
    'never answers': () => new Promise(() => {}),
    'throws': thrower(),
    'throws undefined': thrower(undefined),
    'rejects with a symbol': () => Promise.reject(Symbol('no')),
    'gives a number': () => 7,
    'gives nothing': () => undefined,
    'gives an empty text': () => '',
    'gives a text with a line break': () => 'a\r\nX-Evil: 1',
    'gives a thenable that throws': () => throwing('then'),
    'gives a revoked proxy': () => revoked(),
  };
  const kore = (auth, fetch) => env.outdial.createClient({
    provider: 'kore', streamId: 's', accountId: 'account_1', host: 'kore.example', auth, fetch, timeoutMs: 150, maxRetries: 0, dangerouslyAllowBrowser: true,
  });
  return Object.entries(auths).map(([what, auth]) => guarded(env, `createContact of Kore.ai: an auth that ${what} is network, once, and nothing is sent`, async () => {
    let [asked, sent] = [0, 0];
    const counted = (why) => {
      asked += 1;
      return auth(why);
    };
    const client = kore(counted, async () => { sent += 1; });
    await failure(env, env.outdial.createContact(client, contact), 'createContact', { code: 'network', provider: 'kore', attempts: 0 });
    deepEqual([asked, sent], [1, 0], 'asked for a token, sent');
  }));
}

/** What hears or judges a call does no harm to it. */
function ofListeners(env) {
  const fetch = async () => new Response(JSON.stringify(OPERATIONS.createCall.created), { status: 201 });
  const listeners = {
    'throws': thrower(),
    'rejects': () => Promise.reject(new Error('a listener of the caller')),
    'answers a thenable that throws': () => throwing('then'),
    'answers a thenable that never calls back': () => ({ then() {} }),
  };
  const rules = { ...listeners, 'never answers': () => new Promise(() => {}), 'answers a proxy that throws': () => hostile(), 'answers nothing': () => undefined, 'answers true': () => true };
  return [
    ...Object.entries(listeners).map(([what, onEvent]) => guarded(env, `createCall: an onEvent that ${what} changes nothing`, async () => {
      equal((await settled(run(env, clientOf(env, { fetch, onEvent }), 'createCall'))).value?.id, 'call_1');
      // A rejection that nobody handles is reported in a later turn.
      await new Promise((resolve) => { setTimeout(resolve, 5); });
    })),
    ...Object.entries(rules).map(([what, beforeCall]) => guarded(env, `createCall: a rule of the caller's that ${what} refuses`, async () => {
      let sent = 0;
      const client = clientOf(env, { fetch: async () => { sent += 1; }, policy: { beforeCall }, timeoutMs: 150 });
      await failure(env, run(env, client, 'createCall'), 'createCall', { code: 'not_allowed', attempts: 0, idempotencyKey: undefined });
      equal(sent, 0, 'requests');
    })),
    ...Object.entries({ 'is none': {}, 'throws on reading': hostile(), 'is a text': 'now' }).map(([what, signal]) => guarded(env, `createCall: joining a call under its key with a signal that ${what} is invalid_input`, async () => {
      const client = clientOf(env, { fetch: () => new Promise(() => {}), timeoutMs: 100 });
      const call = run(env, client, 'createCall');
      await failure(env, run(env, client, 'createCall', { options: { signal } }), 'createCall', { code: 'invalid_input', attempts: 0, provider: undefined });
      await failure(env, call, 'createCall', { code: 'outcome_unknown' });
    })),
  ];
}
