import { say } from './dom.js';
import { isE164 } from './outdial.js';

const MOST_DIGITS = 15;

// The first that fits is the reason; the verdict itself is isE164's.
const REASONS = [
  [/\p{Cf}|\p{Cc}/u, 'There is an invisible character in it.'],
  [/\d[xX*•#]+$|[*•]|[xX]{2,}/, 'It is masked. Hidden digits cannot be dialled, and must not be guessed.'],
  [/\p{L}/u, 'Letters are not digits. A dialler must not guess which ones they stand for.'],
  [/(?![0-9])\p{Nd}/u, 'These digits are not the ASCII digits 0 to 9.'],
  [/^[^+]/u, 'It starts without + and a country code, so nobody knows which country it is in.'],
  [/^\+0/, 'No country code starts with 0.'],
  [/[^+0-9]/u, 'Spaces and punctuation are no part of E.164: only + and digits are.'],
  [/.\+/, 'The + stands at the start, and once.'],
  [/\d{16}/, `It is longer than ${MOST_DIGITS} digits.`],
];

/**
 * What can be said of a phone number while it is typed: `{ state, message, marks }`. `state` is empty, typing, yes or no;
 * `marks` holds `[character, fits]` for each character, by its place.
 */
export function readPhone(text) {
  const marks = Array.from(text, (character, place) => [character, fits(character, place)]);
  if (text === '') return { state: 'empty', message: 'Start with + and the country code.', marks };
  if (isE164(text)) return { state: 'yes', message: 'Has the shape of E.164.', marks };
  if (/^\+[1-9]?$/.test(text)) return { state: 'typing', message: 'So far so good: digits follow.', marks };
  const [, message] = REASONS.find(([pattern]) => pattern.test(text)) ?? [null, 'It does not have the shape of E.164.'];
  return { state: 'no', message, marks };
}

function fits(character, place) {
  if (place === 0) return character === '+';
  return place <= MOST_DIGITS && (place === 1 ? /[1-9]/ : /[0-9]/).test(character);
}

/** Keeps `note` saying what the field holds, as it is typed; `onRead` gets every reading. */
export function watchPhoneField(input, note, onRead = () => {}) {
  function update() {
    const reading = readPhone(input.value);
    note.dataset.state = reading.state;
    say(note, reading.message);
    onRead(reading, input.value);
  }
  input.addEventListener('input', update);
  update();
}
