import { engine, putNumber, takeText } from './engine.js';
import { typeNumber } from './names.js';
import { phoneOf } from './phone.js';
import { known, lettersOf } from './region.js';

const ASKED = 'examplePhone';

/** The metadata's example of a number of a region, of a fixed line unless another type is asked for; undefined if it has none. */
export function examplePhone(region, type = 'fixed_line') {
  const wasm = engine(ASKED);
  if (typeof region !== 'string') throw new TypeError(`${ASKED}: region must be a string`);
  const kind = typeNumber(ASKED, type, 'type');
  const length = known(wasm.example(lettersOf(ASKED, region), kind), ASKED, region);
  if (length === 0) return undefined;
  return phoneOf(takeText(wasm.describe(putNumber(takeText(length)), 0, 0)).split('\n'), 0);
}
