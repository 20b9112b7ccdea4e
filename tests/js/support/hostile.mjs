import { equal } from './check.mjs';
import { clientOf, OPERATIONS, run, settled, stillWorks } from './outcome.mjs';

export const thrower = (what = new Error('it fights back')) => () => {
  throw what;
};

/** A proxy whose every trap throws. */
export function hostile(target = {}) {
  const traps = Object.getOwnPropertyNames(Reflect).filter((name) => typeof Reflect[name] === 'function');
  return new Proxy(target, Object.fromEntries(traps.map((trap) => [trap, thrower()])));
}

export function revoked(target = {}) {
  const { proxy, revoke } = Proxy.revocable(target, {});
  revoke();
  return proxy;
}

/** An object in which everything holds everything: walked as a tree it has no end. */
export function knot() {
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

export const throwing = (name) => Object.defineProperty({}, name, { enumerable: true, get: thrower() });

/** What cannot be sent as JSON wherever it stands. */
export const UNSENDABLE = {
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

/** A case after which the package, and a call that was on its way meanwhile, still do their work. */
export function guarded(env, name, check) {
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
export function silentClient(env) {
  let asked = 0;
  const fetch = async () => {
    asked += 1;
    return new Response('{}', { status: 500 });
  };
  return { client: clientOf(env, { fetch }), asked: () => asked };
}
