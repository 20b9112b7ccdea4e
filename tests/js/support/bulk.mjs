import { OutdialError } from '../../../pkg/error.js';

export const numbersOf = (count) => Array.from({ length: count }, (_, index) => `+1415555${String(1000 + index)}`);

export const contactsOf = (count) => numbersOf(count).map((phoneNumber) => ({ phoneNumber }));

/** All results of a bulk operation, and what it threw in the end. */
export async function collect(results, onEach = () => {}) {
  const all = [];
  try {
    for await (const result of results) {
      all.push(result);
      onEach(result, all);
    }
  } catch (thrown) {
    if (!(thrown instanceof OutdialError)) throw thrown;
    return { all, thrown };
  }
  return { all, thrown: undefined };
}

export const tally = (results) => {
  const counts = {};
  for (const { ok, error } of results) counts[ok ? 'ok' : error.code] = (counts[ok ? 'ok' : error.code] ?? 0) + 1;
  return counts;
};
