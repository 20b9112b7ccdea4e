import { invalidInput } from '../client.js';

/**
 * Inputs, wherever they come from: `next()` gives a step `{ value, done }` or the promise of one, `close()` says that no
 * more is asked for, and `length` is how many there are, where that is known.
 */
export function openSource(inputs, operation) {
  try {
    if (typeof inputs === 'object' && inputs !== null) {
      if (Array.isArray(inputs)) return sourceOf(inputs[Symbol.iterator](), inputs.length);
      const open = inputs[Symbol.asyncIterator] ?? inputs[Symbol.iterator];
      if (typeof open === 'function') return sourceOf(open.call(inputs));
      if (typeof inputs.getReader === 'function') return sourceOfReader(inputs.getReader());
    }
  } catch {
    // No better than what has none of these.
  }
  throw invalidInput('inputs', 'must be an array, an iterable, an async iterable or a ReadableStream', operation);
}

function sourceOf(iterator, length) {
  return {
    length,
    next: () => iterator.next(),
    close: () => iterator.return?.(),
  };
}

// Some browsers' streams are no async iterables.
function sourceOfReader(reader) {
  return { length: undefined, next: () => reader.read(), close: () => reader.cancel() };
}
