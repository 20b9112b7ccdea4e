import { checkText, engine, putText, takeText } from './engine.js';
import { known, lettersOf } from './region.js';

const ASKED = 'asYouType';

/**
 * Formats the number in a text field while somebody types. Give `input` what the field holds after each edit and where the
 * caret is (at the end if left out), both in UTF-16 units; put into the field what comes back.
 */
export function asYouType(region) {
  const wasm = engine(ASKED);
  const letters = lettersOf(ASKED, region);
  known(wasm.verdict(0, letters, 0), ASKED, region);
  let last = { caret: 0, digits: 0 };
  return {
    input(text, caret) {
      checkText(`${ASKED}.input`, text);
      const place = caretOf(text, caret);
      const answer = takeText(wasm.retype(letters, last.caret, last.digits, putText(text), place));
      last = { caret: wasm.caret(), digits: wasm.digits() };
      return { text: answer, caret: last.caret };
    },
  };
}

// A field of a kind that has no caret reports null.
function caretOf(text, caret) {
  if (caret === undefined || caret === null) return text.length;
  if (!Number.isInteger(caret) || caret < 0) throw new TypeError(`${ASKED}.input: caret must be a whole number from 0`);
  return Math.min(caret, text.length);
}
