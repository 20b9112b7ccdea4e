import { checkText, engine, putText, takeText } from './engine.js';
import { readOptions } from './options.js';
import { PHONE_LINES, phoneOf } from './phone.js';
import { known } from './region.js';

const ASKED = 'findPhones';

/** The valid numbers in a text, as `{ start, end, phone }` with places in UTF-16 units. */
export function findPhones(text, options) {
  checkText(ASKED, text);
  const wasm = engine(ASKED);
  const { region, letters } = readOptions(ASKED, options, ['region']);
  const lines = takeText(known(wasm.find(putText(text), letters), ASKED, region)).split('\n');
  const found = [];
  for (let line = 0; line + 1 < lines.length; line += 2 + PHONE_LINES) {
    found.push({ start: Number(lines[line]), end: Number(lines[line + 1]), phone: phoneOf(lines, line + 2) });
  }
  return found;
}
