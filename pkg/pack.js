/** What stands on the tape: a tag, then what the tag calls for. src/wasm/convert.rs reads it. */
const NULL = 0;
const FALSE = 1;
const TRUE = 2;
const NUMBER = 3; // the number
const TEXT = 4; // its length in UTF-16 units
const LIST = 5; // how many values follow
const MAP = 6; // how many pairs follow, each a name's length and a value
const REFUSED = 7; // why: one of the reasons below

const NOT_FINITE = 0;
const NOT_JSON = 1;
const TOO_DEEP = 2;
const THROWS = 3;
const TOO_LARGE = 4;
const BAD_NAME = 5;
const BROKEN_TEXT = 6;
const HOLDS_ITSELF = 7;

// Deeper than any form or document of the platforms, and shallow enough for every stack.
const MAX_DEPTH = 64;
const MOST_OF_AN_INPUT = 200_000;

/**
 * Flattens any value into a tape of numbers and one text, so that it crosses into the module in one step. It never throws:
 * what is not plain data (a function, a cycle, a getter that throws) stands on the tape as refused.
 * `kept`: top-level members that are no data, each with a test of what it must be. What passes it stands as `true` on the
 * tape, and as itself in the packed `kept`. `most`: how long the tape may get; objects that share others, or that make new
 * ones when asked, can hold more than there is time for.
 */
export function pack(value, kept, most = MOST_OF_AN_INPUT) {
  const packer = new Packer(kept, most);
  packer.add(value, 0);
  return packer;
}

class Packer {
  constructor(tests, most) {
    this.tests = tests;
    this.kept = {};
    this.most = most;
    this.numbers = [];
    this.texts = [];
    this.holders = [];
    this.isPlain = true;
  }

  get tape() {
    return this.numbers;
  }

  // A separator keeps the halves of two broken characters apart.
  get text() {
    return this.texts.join('\0');
  }

  equals({ numbers, texts }) {
    return numbers.length === this.numbers.length && texts.length === this.texts.length
      && numbers.every((number, index) => number === this.numbers[index])
      && texts.every((text, index) => text === this.texts[index]);
  }

  add(value, depth) {
    const { numbers } = this;
    switch (typeof value) {
      case 'undefined':
        return numbers.push(NULL);
      case 'boolean':
        return numbers.push(value ? TRUE : FALSE);
      case 'number':
        return Number.isFinite(value) ? numbers.push(NUMBER, value) : this.#refuse(NOT_FINITE);
      case 'string':
        if (!isWhole(value)) return this.#refuse(BROKEN_TEXT);
        numbers.push(TEXT);
        return this.#addText(value);
      case 'object':
        return value === null ? numbers.push(NULL) : this.#addObject(value, depth);
      default:
        return this.#refuse(NOT_JSON);
    }
  }

  #refuse(reason) {
    this.isPlain = false;
    this.numbers.push(REFUSED, reason);
  }

  #addText(text) {
    this.numbers.push(text.length);
    this.texts.push(text);
  }

  #addObject(object, depth) {
    const { numbers, texts, holders } = this;
    if (holders.includes(object)) return this.#refuse(HOLDS_ITSELF);
    if (depth >= MAX_DEPTH) return this.#refuse(TOO_DEEP);
    if (numbers.length > this.most) return this.#refuse(TOO_LARGE);
    const marks = [numbers.length, texts.length, holders.push(object) - 1];
    try {
      // Dates and URLs say themselves what they are in JSON.
      if (typeof object.toJSON === 'function') this.#addJson(object.toJSON());
      else if (Array.isArray(object)) this.#addList(object, depth);
      // What a Map, a form or a buffer holds is not in its members: read as an object it would be empty.
      else if (tagOf.call(object) === '[object Object]') this.#addMap(object, depth);
      else this.#refuse(NOT_JSON);
    } catch {
      [numbers.length, texts.length] = marks;
      this.#refuse(THROWS);
    }
    holders.length = marks[2];
  }

  // A date that is none says null, which is no date.
  #addJson(json) {
    if (json === null || json === undefined || typeof json === 'object') this.#refuse(NOT_JSON);
    else this.add(json, 0);
  }

  #addList(list, depth) {
    const { length } = list;
    if (!(length <= this.most)) return this.#refuse(TOO_LARGE);
    const count = Math.trunc(length);
    this.numbers.push(LIST, count);
    for (let index = 0; index < count; index++) this.add(list[index], depth + 1);
  }

  #addMap(map, depth) {
    const names = Object.keys(map);
    if (names.length > this.most) return this.#refuse(TOO_LARGE);
    const place = this.numbers.push(MAP, 0) - 1;
    for (const name of names) this.numbers[place] += this.#addMember(map, name, depth);
  }

  #keep(name, value) {
    let passes;
    try {
      passes = this.tests[name](value);
    } catch {
      return this.#refuse(THROWS);
    }
    if (passes) this.kept[name] = value;
    // Whoever writes `true` has not given what it stands for.
    this.add(passes || (value === true ? false : value), 1);
  }

  /** Adds a member unless it is undefined, as in JSON; gives how many it added. */
  #addMember(map, name, depth) {
    let value;
    let problem = isWhole(name) ? undefined : BROKEN_TEXT;
    // Set on a fresh object, this name would change its prototype instead of becoming a member.
    if (name === '__proto__') problem = BAD_NAME;
    try {
      value = map[name];
    } catch {
      problem ??= THROWS;
    }
    if (value === undefined && problem === undefined) return 0;
    this.#addText(name);
    if (depth === 0 && this.tests && Object.hasOwn(this.tests, name) && problem === undefined) this.#keep(name, value);
    else if (problem === undefined) this.add(value, depth + 1);
    else this.#refuse(problem);
    return 1;
  }
}

const tagOf = Object.prototype.toString;

const isWhole = (text) => text.isWellFormed?.() ?? !/\p{Surrogate}/u.test(text);
