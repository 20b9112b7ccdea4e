import { engine, takeText } from './engine.js';

let lists;

/**
 * The words behind the engine's numbers: `types`, `possibilities`, and by the number of a reason, 0 being none, `reasons` and
 * their `messages`.
 */
export function names(asked) {
  return (lists ??= read(asked));
}

function read(asked) {
  const [types, possibilities, reasons, messages] = takeText(engine(asked).names()).split('\n\n').map((list) => list.trim().split('\n'));
  return { types, possibilities, reasons: ['', ...reasons], messages: ['', ...messages] };
}

/** The number of a kind of line. */
export function typeNumber(asked, type, what) {
  if (typeof type !== 'string') throw new TypeError(`${asked}: ${what} must be a string`);
  const number = names(asked).types.indexOf(type);
  if (number < 0) throw unknown(asked, what, type);
  return number;
}

export function unknown(asked, what, value) {
  return new RangeError(`${asked}: ${what} ${JSON.stringify(value)} is not known`);
}
