import { el } from './dom.js';

const PLACES = 16;

/** The places of an E.164 number, + and fifteen digits, filled with what was typed; what does not fit stands out. */
export function drawTape(tape, marks) {
  const cells = marks.map(([character, fits]) => {
    const shown = /[\p{Z}\p{C}]/u.test(character) ? '␣' : character;
    return el('span', { className: 'cell', data: { fits: String(fits) } }, shown);
  });
  while (cells.length < PLACES) cells.push(el('span', { className: 'cell', data: { fits: 'open' } }, ''));
  tape.replaceChildren(...cells);
}
