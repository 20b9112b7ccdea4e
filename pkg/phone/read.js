import { checkText, engine, putNumber, takeShort, takeText } from './engine.js';
import { readOptions, refusal } from './options.js';
import { PHONE_LINES, phoneOf } from './phone.js';
import { refused } from './refused.js';
import { known } from './region.js';

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
  const answer = known(engine(asked).e164(putNumber(text), read.letters, read.lenient), asked, read.region);
  return refusal(answer, read) === 0 ? takeShort(answer >> 24) : undefined;
}

export function parsePhone(text, options) {
  checkText('parsePhone', text);
  const wasm = engine('parsePhone');
  const read = readOptions('parsePhone', options);
  const length = known(wasm.describe(putNumber(text), read.letters, read.lenient), 'parsePhone', read.region);
  const lines = takeText(length).split('\n');
  const phone = lines.length === PHONE_LINES ? phoneOf(lines, 0) : undefined;
  const reason = refusal(Number(lines[0]), read);
  return reason === 0 ? { ok: true, phone } : refused(reason, lines[1], phone);
}
