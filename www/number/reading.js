import { say } from '../dom.js';
import { parsePhone } from '../outdial.js';
import { regionName } from '../regions.js';
import { TYPES } from './words.js';

// What a few more digits may mend.
const GROWING = new Set(['too_short', 'too_short_after_idd', 'local_only', 'not_a_number', 'invalid_calling_code']);
const SO_FAR = /^\s*(?:\+|[\d(])[\d\s()./-]*$/;
const FEWEST_DIGITS = 7;

const digitsIn = (text) => text.replace(/\D/g, '').length;

/** A text as a number: `{ state, message, result }`; `state` is empty, typing, yes or no. */
export function readPhone(text, region) {
  if (text.trim() === '') return { state: 'empty', message: 'Type a number, or choose a text below.' };
  const result = parsePhone(text, region ? { region } : undefined);
  if (result.ok) return { state: 'yes', message: `A ${TYPES[result.phone.type]} number, ${placeOf(result.phone)}.`, result };
  const growing = GROWING.has(result.code) && SO_FAR.test(text) && digitsIn(text) < FEWEST_DIGITS;
  return { state: growing ? 'typing' : 'no', message: `${result.message}.`, result };
}

const placeOf = ({ region }) => (region === '001' ? 'of no country, such as a satellite phone' : regionName(region));

/** Keeps `note` saying what the field holds, as it is typed. */
export function watchPhoneField(input, note) {
  function update() {
    const { state, message } = readPhone(input.value);
    note.dataset.state = state;
    say(note, message);
  }
  input.addEventListener('input', update);
  update();
}
