import { checkText, engine, putNumber, takeText } from './engine.js';
import { readOptions, refusal } from './options.js';
import { PHONE_LINES, phoneOf } from './phone.js';
import { refused } from './refused.js';
import { known } from './region.js';

/** The text is the E.164 form itself. */
const AS_WRITTEN = 1 << 24;

export function isE164(text) {
  checkText('isE164', text);
  return engine('isE164').is_e164(putNumber(text)) === 1;
}

export function isValidPhone(text, options) {
  checkText('isValidPhone', text);
  const wasm = engine('isValidPhone');
  if (options === undefined) return (wasm.verdict(putNumber(text), 0, 0) & 1) === 1;
  const read = readOptions('isValidPhone', options);
  const verdict = known(wasm.verdict(putNumber(text), read.letters, read.lenient), 'isValidPhone', read.region);
  return refusal(verdict, read) === 0;
}

export function toE164(text, options) {
  checkText('toE164', text);
  return readE164(text, readOptions('toE164', options), 'toE164');
}

/** The E.164 form of a number that is valid and allowed. */
export function readE164(text, read, asked) {
  const wasm = engine(asked);
  const verdict = known(wasm.e164(putNumber(text), read.letters, read.lenient), asked, read.region);
  if (refusal(verdict, read) !== 0) return undefined;
  if ((verdict & AS_WRITTEN) !== 0) return text;
  const value = wasm.e164_value();
  return value > 0 ? `+${value}` : described(text, read, asked).phone.e164;
}

/** What the engine knows of a text: the bits of its verdict, the region whose plan was asked, and the number if there is one. */
function described(text, read, asked) {
  const length = known(engine(asked).describe(putNumber(text), read.letters, read.lenient), asked, read.region);
  const lines = takeText(length).split('\n');
  return { verdict: Number(lines[0]), plan: lines[1], phone: lines.length === PHONE_LINES ? phoneOf(lines, 0) : undefined };
}

export function parsePhone(text, options) {
  checkText('parsePhone', text);
  const read = readOptions('parsePhone', options);
  const { verdict, plan, phone } = described(text, read, 'parsePhone');
  const reason = refusal(verdict, read);
  return reason === 0 ? { ok: true, phone } : refused(reason, plan, phone);
}
