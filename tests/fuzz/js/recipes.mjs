import vm from 'node:vm';
import { fc } from './fast-check.mjs';
import { hostile, revoked, thrower, throwing, UNSENDABLE } from '../../js/support/hostile.mjs';

/**
 * Arbitrary JavaScript values as recipes: plain data that can be printed, sent to another thread and shrunk, of which `build`
 * makes the value. What a recipe throws or rejects with is remembered as the caller's own.
 */

const changing = (...values) => Object.defineProperty({}, 'value', { enumerable: true, get: () => values.length > 1 ? values.shift() : values[0] });

/** What no generator of data comes upon. */
const SPECIAL = {
  ...UNSENDABLE,
  'a function that is a proxy that throws': () => hostile(() => {}),
  'a revoked function': () => revoked(() => {}),
  'a class that throws': () => class { constructor() { throw new Error('it fights back'); } },
  'a frozen object': () => Object.freeze({ a: 1 }),
  'an object of another realm': () => vm.runInNewContext('({ phoneNumber: "+14155552671" })'),
  'an array of another realm': () => vm.runInNewContext('["+14155552671"]'),
  'a function of another realm': () => vm.runInNewContext('() => ({ allow: true })'),
  'an error of another realm': () => vm.runInNewContext('new TypeError("there")'),
  'bytes of another realm': () => vm.runInNewContext('new Uint8Array([80, 10])'),
  'a boxed number': () => new Number(7),
  'a boxed BigInt': () => Object(1n),
  'a boxed symbol': () => Object(Symbol('s')),
  'a well-known symbol': () => Symbol.iterator,
  'a date that is none': () => new Date(Number.NaN),
  'a date beyond all others': () => new Date(8.64e15),
  'a generator': () => (function* () { yield { phoneNumber: '+14155552671' }; throw new Error('it fights back'); })(),
  'an async generator': () => (async function* () { yield 'Phone\n1\n'; throw new Error('it fights back'); })(),
  'an iterable whose next throws': () => ({ [Symbol.iterator]: () => ({ next: thrower() }) }),
  'an iterable whose iterator throws': () => ({ [Symbol.iterator]: thrower() }),
  'an iterable that gives nothing': () => ({ [Symbol.iterator]: () => ({ next: () => undefined }) }),
  'an async iterable whose next throws': () => ({ [Symbol.asyncIterator]: () => ({ next: thrower() }) }),
  'an iterable whose return throws': () => ({ [Symbol.iterator]: () => ({ next: () => ({ value: 7, done: false }), return: thrower() }) }),
  'a stream that is locked': () => { const stream = new Blob(['x']).stream(); stream.getReader(); return stream; },
  'a stream that errs': () => new ReadableStream({ pull: (controller) => controller.error(new Error('it fights back')) }),
  'a stream of objects': () => new ReadableStream({ start: (controller) => { controller.enqueue({}); controller.close(); } }),
  'a reader that throws': () => ({ getReader: () => ({ read: thrower(), cancel: thrower() }) }),
  'a Response': () => new Response('{}'),
  'a Response that is an error': () => Response.error(),
  'a Request': () => new Request('https://a.example/'),
  'a Blob': () => new Blob(['Phone\n+14155552671\n']),
  'a signal': () => new AbortController().signal,
  'a signal that fired': () => AbortSignal.abort(),
  'a signal that fired with a symbol': () => AbortSignal.abort(Symbol('left')),
  'a revoked signal': () => revoked(new AbortController().signal),
  'a signal whose listening throws': () => ({ aborted: false, addEventListener: thrower(), removeEventListener: thrower() }),
  'a signal whose reason throws': () => Object.defineProperty({ aborted: true, addEventListener() {}, removeEventListener() {} }, 'reason', { get: thrower() }),
  'a thenable that throws': () => ({ then: thrower() }),
  'a thenable whose then throws on reading': () => throwing('then'),
  'a thenable that calls back twice': () => ({ then: (resolve, reject) => { resolve(1); reject(2); resolve(3); } }),
  'a thenable of itself': () => { const it = { then: (resolve) => resolve(7) }; return it; },
  'a toString that throws': () => ({ toString: thrower(), valueOf: thrower() }),
  'a toPrimitive that throws': () => ({ [Symbol.toPrimitive]: thrower() }),
  'a getter that changes its mind': () => changing('+14155552671', 7, undefined),
  'a proxy of another answer each time': () => { let turn = 0; return new Proxy({}, { get: () => [1, 'x', undefined, {}][turn++ % 4], ownKeys: () => ['a'], getOwnPropertyDescriptor: () => ({ enumerable: true, configurable: true, value: 1 }) }); },
  'a proxy of a good input': () => new Proxy({ phoneNumber: '+14155552671' }, {}),
  'an array with negative length': () => new Proxy([], { get: (list, name) => (name === 'length' ? -1 : list[name]) }),
  'an array whose length is text': () => new Proxy(['a'], { get: (list, name) => (name === 'length' ? 'many' : list[name]) }),
  'arguments': () => (function () { return arguments; })(1, 2),
  'a huge text': () => '+1415555'.repeat(40_000),
  'a huge text beyond ASCII': () => '٤१🚀\0'.repeat(40_000),
  'a text of line ends': () => '\r\n'.repeat(40_000),
  'a text of opening brackets': () => '['.repeat(100_000),
  'zero below zero': () => -0,
  'a number beyond 2^53': () => 2 ** 53,
  'the least number': () => Number.MIN_VALUE,
  'a WebAssembly memory': () => new WebAssembly.Memory({ initial: 1 }),
  'shared bytes': () => new Uint8Array(new SharedArrayBuffer(4)),
  'bytes that are gone': () => { const bytes = new Uint8Array(4); structuredClone(bytes.buffer, { transfer: [bytes.buffer] }); return bytes; },
  'constructor.prototype': () => JSON.parse('{"constructor":{"prototype":{"polluted":true}}}'),
  'members of Object.prototype': () => JSON.parse('{"toString":"x","valueOf":1,"hasOwnProperty":{},"then":1,"toJSON":2,"length":-1}'),
  'process.env': () => process.env,
  'a promise that never settles': () => new Promise(() => {}),
  'a thenable that never calls back': () => ({ then() {} }),
};

/** What keeps everybody waiting who sets no limit. */
export const NEVER = ['a promise that never settles', 'a thenable that never calls back'];

/** What Node's own Headers does not survive: it ends the process. */
export const ENDLESS = ['an array of four thousand million holes', 'an array proxy with an endless length'];

/** Of what JSON.stringify has no end. */
export const VAST = [...ENDLESS, 'a ladder of sixty doubled levels', 'a proxy of endless depth and width'];

const NAMES = ['', 'a', '0', '-1', 'length', '__proto__', 'constructor', 'prototype', 'toString', 'toJSON', 'then', 'phoneNumber', 'agentId', 'id', 'signal', 'code', 'path', 'data', 'extra', 'customFields', 'variables', 'settings', 'region', 'regions', 'types', 'mode', 'ü', 'a.b', '\ud800'];
const TEXTS = ['', ' ', '+14155552671', '+1 415 555 2671', 'truedy', 'kore', 'relay', 'createCall', 'US', '001', 'strict', 'mobile', '\0', '\r\n', '..', '../../x', '@evil.example', '#', '?x=1', '%2e%2e%2f', '\ud800', '\ufeff', '__proto__', 'https://a.example', 'data:,', '2026-01-01T00:00:00Z', 'null', '{}'];

function recipes() {
  const { recipe } = fc.letrec((tie) => {
    const names = fc.oneof(fc.constantFrom(...NAMES), fc.string({ maxLength: 5 }));
    const inner = tie('recipe');
    return {
      recipe: fc.oneof(
        { maxDepth: 4, depthSize: 'small', withCrossShrink: true },
        fc.constantFrom(undefined, null, true, false, 0, 1, -1, 7, 2 ** 31, 1e308).map((data) => ({ data })),
        fc.constantFrom(...TEXTS).map((data) => ({ data })),
        fc.constantFrom(...Object.keys(SPECIAL)).map((special) => ({ special })),
        fc.oneof(fc.double(), fc.string({ unit: 'binary', maxLength: 40 }), fc.string(), fc.bigInt(), fc.integer()).map((data) => ({ data })),
        fc.array(fc.tuple(names, inner), { maxLength: 5 }).map((members) => ({ members })),
        fc.array(inner, { maxLength: 5 }).map((list) => ({ list })),
        fc.record({ list: fc.array(inner, { maxLength: 2 }), holes: fc.integer({ min: 1, max: 1e6 }) }),
        fc.record({ how: fc.constantFrom('gives', 'throws', 'resolves', 'rejects', 'promised', 'refused', 'thenable'), with: inner }),
      ),
    };
  });
  return recipe;
}

/** What the recipes of a case threw: it is the caller's, wherever it comes out. */
export class Own {
  #thrown = new Set();

  add(thrown) {
    this.#thrown.add(thrown);
    return thrown;
  }

  has(thrown) {
    return this.#thrown.has(thrown) || (Object(thrown) === thrown && isFighting(thrown));
  }
}

function isFighting(thrown) {
  try {
    return thrown.message === 'it fights back';
  } catch {
    return true;
  }
}

/** The value of a recipe; undefined for the specials that `without` names. */
export function build(recipe, own, without) {
  if ('data' in recipe) return recipe.data;
  if ('special' in recipe) return without.includes(recipe.special) ? undefined : SPECIAL[recipe.special]();
  if ('members' in recipe) return membersOf(recipe.members, own, without);
  if ('how' in recipe) return functionOf(recipe, own, without);
  const list = recipe.list.map((item) => build(item, own, without));
  if (recipe.holes) list.length += recipe.holes;
  return list;
}

function membersOf(members, own, without) {
  const object = {};
  // A `then` of any make may be one that never calls back.
  const meant = members.filter(([name]) => name !== 'then' || !without.includes(NEVER[1]));
  for (const [name, recipe] of meant) Object.defineProperty(object, name, { value: build(recipe, own, without), enumerable: true, configurable: true, writable: true });
  return object;
}

function functionOf({ how, with: recipe }, own, without) {
  const make = () => build(recipe, own, without);
  // What it rejects with, such as what a revoked proxy throws when it is asked for `then`, is the caller's, and so is it to handle it.
  const owned = (promise) => {
    promise.catch((reason) => void own.add(reason));
    return promise;
  };
  const refused = () => owned(Promise.reject(make()));
  return {
    gives: () => make,
    throws: () => () => { throw own.add(make()); },
    resolves: () => () => owned((async () => make())()),
    rejects: () => refused,
    promised: () => owned(Promise.resolve(make())),
    refused,
    thenable: () => ({ then: (resolve) => resolve(make()) }),
  }[how]();
}

/** Puts the values of `spoilt` recipes into good arguments: each in place of one of them, of a member, or beside the members. */
export function spoil(args, spoilt, own, without) {
  const places = args.map((arg) => [[], ...placesIn(arg, 0)]);
  for (const { slot, place, recipe } of spoilt) {
    const at = slot % args.length;
    put(args, [at, ...places[at][place % places[at].length]], build(recipe, own, without));
  }
  return args;
}

/** What an earlier recipe has put there is left alone. */
function put(args, path, value) {
  try {
    const outer = path.slice(0, -1).reduce((at, name) => at[name], args);
    Object.defineProperty(outer, path.at(-1), { value, enumerable: true, configurable: true, writable: true });
  } catch {
    // It cannot be written to.
  }
}

function placesIn(value, depth) {
  if (depth > 3 || !isPlain(value)) return [];
  const inner = Object.keys(value).flatMap((name) => [[name], ...placesIn(value[name], depth + 1).map((path) => [name, ...path])]);
  return [...inner, ['other']];
}

const isPlain = (value) => Array.isArray(value) || (Object.prototype.toString.call(value) === '[object Object]' && Object.isExtensible(value));

/** Recipes and the places where they go, as an arbitrary of fast-check. */
export const SPOILT = fc.array(fc.record({ slot: fc.nat({ max: 7 }), place: fc.nat({ max: 63 }), recipe: recipes() }), { minLength: 1, maxLength: 3 });
