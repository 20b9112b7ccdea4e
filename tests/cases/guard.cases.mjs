import { deepEqual, equal, ok } from '../js/support/check.mjs';
import { thrower, hostile, revoked, throwing, guarded } from '../js/support/hostile.mjs';
import { CALL, clientOf, CONTACT, either, failure, faultyUrl, json, NAMES, OPERATIONS, run, settled } from '../js/support/outcome.mjs';

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
  ...NAMES.flatMap((name) => [...ofAbortReasons(env, name), ...ofFetches(env, name)]),
  ...ofReentry(env),
  ...ofTokens(env),
  ...ofListeners(env),
];

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
      name: `${name}: what a mock of Headers throws is the cause`,
      run: () => withGlobal('Headers', class { constructor() { throw 'no'; } }, async () => {
        equal((await failure(env, run(env, clientOf(env, { fetch }), name), name, { code: 'network' })).cause, 'no');
      }),
    },
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
    'gives more than can be read': () => Array.from({ length: 60 }).reduce((inner) => ({ one: inner, other: inner }), {}),
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
