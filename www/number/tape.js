import { el } from '../dom.js';

const PLACES = 16;
const cell = (character, fits) => el('span', { className: 'cell', data: { fits } }, /[\p{Z}\p{C}]/u.test(character) ? '␣' : character);

/**
 * The places of an E.164 number, + and fifteen digits: the calling code stands out, and of a text that is refused each
 * character that is no digit.
 */
export function drawTape(tape, text, { ok, phone } = {}) {
  const cells = ok ? cellsOf(phone) : Array.from(text, (character, place) => cell(character, fits(character, place)));
  while (cells.length < PLACES) cells.push(cell('', 'open'));
  tape.replaceChildren(...cells.slice(0, 2 * PLACES));
}

function cellsOf({ e164, callingCode }) {
  return Array.from(e164, (character, place) => cell(character, place <= callingCode.length ? 'code' : 'national'));
}

function fits(character, place) {
  if (/[0-9]/.test(character) || (place === 0 && character === '+')) return 'national';
  return /[\s()./-]/.test(character) && !/[\p{Cf}\p{Cc}]/u.test(character) ? 'open' : 'false';
}
