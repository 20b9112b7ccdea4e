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
  let last = { text: '', caret: 0 };
  return {
    input(text, caret) {
      checkText(`${ASKED}.input`, text);
      const place = caretOf(text, caret);
      const before = putText(last.text);
      const length = wasm.retype(letters, before, last.caret, putText(text, before), place);
      const answer = takeText(length);
      const end = answer.indexOf('\n');
      last = { text: answer.slice(end + 1), caret: Number(answer.slice(0, end)) };
      return { ...last };
    },
  };
}

// A field of a kind that has no caret reports null.
function caretOf(text, caret) {
  if (caret === undefined || caret === null) return text.length;
  if (!Number.isInteger(caret) || caret < 0) throw new TypeError(`${ASKED}.input: caret must be a whole number from 0`);
  return Math.min(caret, text.length);
}
