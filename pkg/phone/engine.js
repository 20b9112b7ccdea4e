import { OutdialError } from '../error.js';
import { TextDecoder, TextEncoder } from '../utf8.js';

// A number has at most 250 characters, of up to two units each: what follows cannot change the answer.
export const LONGEST_NUMBER = 512;

// Three bytes are enough for every unit; a number may be followed by one more, and a zero shows where a text ends.
export const NUMBER_ROOM = LONGEST_NUMBER * 3 + 2;

// Up to here a loop is faster than the encoder.
const SHORT = 64;

// Up to here one call is faster than the decoder.
const BRIEF = 20;
const NOT_ASCII = /[^\0-\x7f]/;

const encoder = new TextEncoder();
const decoder = new TextDecoder();
const modules = [];
let wasm;

/** The module's memory, and where in it a text has how much room. */
let memory = new Uint8Array();
let place = 0;
let size = 0;

/**
 * Names a module that has the engine: `loaded()` gives its exports as soon as they can be had, `pending()` a promise of them
 * while they are on their way.
 */
export function answerFrom(loaded, pending) {
  modules.push({ loaded, pending });
}

/** Waits until the engine can answer: by the module that is on its way, or else by the one that `load` brings. */
export async function untilReady(load) {
  if (isReady()) return;
  const pending = modules.map((module) => module.pending()).find(Boolean);
  // Whoever asked for it hears of its failure.
  await pending?.catch(() => {});
  if (!isReady()) await load();
}

function isReady() {
  try {
    return ready() !== undefined;
  } catch {
    // An older browser may do at leisure what it refuses to do at once.
    return false;
  }
}

/** The engine's exports, for the function `asked`. A page may have both modules; the first that is ready answers for good. */
export function engine(asked) {
  return wasm ?? start(asked);
}

/** The exports of the first module that has them. */
function ready() {
  for (const { loaded } of modules) wasm ??= loaded();
  return wasm;
}

function start(asked) {
  if (ready()) return wasm;
  throw new OutdialError({ code: 'not_ready', message: `${asked} needs the module: await init() before`, attempts: 0 });
}

export function checkText(asked, text) {
  if (typeof text !== 'string') throw new TypeError(`${asked}: text must be a string`);
}

/** Sees to room for so many bytes, and always for a number. */
export function makeRoom(bytes = NUMBER_ROOM) {
  const wanted = Math.max(bytes, NUMBER_ROOM);
  if (size < wanted) {
    place = wasm.room(wanted);
    size = wanted;
  }
  // Memory that grew has left an empty view behind.
  if (memory.length === 0) memory = new Uint8Array(wasm.memory.buffer);
}

/** Hands a text that may be one number to the engine, with `after` behind it if given; gives its length in bytes. */
export function putNumber(text, after) {
  return writeNumber(text, 0, after);
}

/** The same behind the first `start` bytes, where there must be room for the longest number. */
export function writeNumber(text, start, after) {
  if (memory.length === 0) makeRoom();
  const view = memory;
  const from = place + start;
  const { length } = text;
  let written = length;
  for (let index = 0; index < length; index++) {
    const unit = text.charCodeAt(index);
    if (unit > 0x7f || index > SHORT) {
      written = encoder.encodeInto(text.slice(0, LONGEST_NUMBER), view.subarray(from, place + size)).written;
      break;
    }
    view[from + index] = unit;
  }
  if (after !== undefined) view[from + written++] = after;
  view[from + written] = 0;
  return written;
}

/** Hands a text of any length to the engine; gives its length in bytes. */
export function putText(text) {
  if (text.length <= SHORT) return putNumber(text);
  makeRoom(text.length * 3 + 1);
  const { written } = encoder.encodeInto(text, memory.subarray(place, place + size));
  memory[place + written] = 0;
  return written;
}

/** What the engine wrote. */
export function takeText(length) {
  const at = wasm.answered();
  if (memory.length === 0) makeRoom();
  const view = memory;
  if (length > BRIEF) return decoder.decode(view.subarray(at, at + length));
  // In one call, with whatever follows: far quicker than the decoder or a loop.
  const text = String.fromCharCode(
    view[at], view[at + 1], view[at + 2], view[at + 3], view[at + 4], view[at + 5], view[at + 6], view[at + 7], view[at + 8], view[at + 9],
    view[at + 10], view[at + 11], view[at + 12], view[at + 13], view[at + 14], view[at + 15], view[at + 16], view[at + 17], view[at + 18], view[at + 19],
  ).slice(0, length);
  return NOT_ASCII.test(text) ? decoder.decode(view.subarray(at, at + length)) : text;
}

/** What the engine found in as many lines. */
export function takeVerdicts(count) {
  return new Uint32Array(wasm.memory.buffer, wasm.verdicts(), count).slice();
}
