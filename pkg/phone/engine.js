import { OutdialError } from '../error.js';

/** The first bytes of the module's memory that hold texts; it is made larger for longer ones. */
export const ROOM = 1 << 16;

// A number has at most 250 characters, of up to two units each: what follows cannot change the answer.
export const LONGEST_NUMBER = 512;

// Up to here a loop is faster than the encoder.
const SHORT = 64;

// Up to here one call is faster than the decoder.
const BRIEF = 20;
const NOT_ASCII = /[^\0-\x7f]/;

const encoder = new TextEncoder();
const decoder = new TextDecoder();
const modules = [];
let wasm;
let memory = new Uint8Array();

/** Names a module that has the engine: `loaded()` gives its exports as soon as they can be had. */
export function answerFrom(loaded) {
  modules.push(loaded);
}

/** The engine's exports, for the function `asked`. A page may have both modules; the first that is ready answers for good. */
export function engine(asked) {
  return wasm ?? start(asked);
}

function start(asked) {
  for (const loaded of modules) {
    const exports = loaded();
    if (exports) return (wasm = exports);
  }
  throw new OutdialError({ code: 'not_ready', message: `${asked} needs the module: await init() before`, attempts: 0 });
}

export function checkText(asked, text) {
  if (typeof text !== 'string') throw new TypeError(`${asked}: text must be a string`);
}

/** The shared memory with room for at least this many bytes. */
export function room(bytes = ROOM) {
  // Memory that grew has left an empty view behind.
  if (memory.length < bytes || memory.length === 0) {
    const size = Math.max(bytes, ROOM);
    const start = wasm.room(size);
    memory = new Uint8Array(wasm.memory.buffer, start, size);
  }
  return memory;
}

/** Hands a text that may be one number to the engine, with `after` behind it if given; gives its length in bytes. */
export function putNumber(text, after) {
  return writeNumber(text, 0, after);
}

/** The same behind the first `start` bytes, where the memory must have room for the longest number. */
export function writeNumber(text, start, after) {
  if (memory.length === 0) room();
  const view = memory;
  const { length } = text;
  let written = length;
  for (let index = 0; index < length; index++) {
    const unit = text.charCodeAt(index);
    if (unit > 0x7f || index > SHORT) {
      written = encoder.encodeInto(text.slice(0, LONGEST_NUMBER), view.subarray(start)).written;
      break;
    }
    view[start + index] = unit;
  }
  if (after === undefined) return written;
  view[start + written] = after;
  return written + 1;
}

/** Hands a text of any length to the engine; gives its length in bytes. */
export function putText(text) {
  if (text.length <= SHORT) return putNumber(text);
  // Three bytes are enough for every unit.
  return encoder.encodeInto(text, room(text.length * 3)).written;
}

/** What the engine wrote. */
export function takeText(length) {
  const view = room(length);
  if (length > BRIEF) return decoder.decode(view.subarray(0, length));
  // In one call, with whatever follows: far quicker than the decoder or a loop.
  const text = String.fromCharCode(
    view[0], view[1], view[2], view[3], view[4], view[5], view[6], view[7], view[8], view[9],
    view[10], view[11], view[12], view[13], view[14], view[15], view[16], view[17], view[18], view[19],
  ).slice(0, length);
  return NOT_ASCII.test(text) ? decoder.decode(view.subarray(0, length)) : text;
}

/** What the engine found in as many lines. */
export function takeVerdicts(count) {
  return new Uint32Array(wasm.memory.buffer, wasm.verdicts(), count).slice();
}
