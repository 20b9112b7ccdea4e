import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { tests } from '../../../pkg/tools/paths.mjs';
import { fc } from './fast-check.mjs';

/** What the parsers look for, and what they might stumble over. */
const TOKENS = {
  csv: ['"', '""', '"\n', ',', ';', '\t', '|', '\r', '\n', '\r\n', '\r\r\n', '\ufeff', ' ', '\u00a0', '\u2028', '\0', 'Phone', '"Phone"', 'Plan', 'sep=;', 'sep=x\n', '+14155550101', '🚀', '__proto__', '=1+1', '\x0b', '\x85'],
  relay: ['{', '}', '[', ']', '"', ':', ',', 'null', 'true', '1', '-1', '1e999', '0.5', '"version"', '"operation"', '"input"', '"options"', '"idempotencyKey"', '"timeoutMs"', '"createCall"', '"createContact"', '"deleteCalls"', '"extra"', '"__proto__"', '"constructor"', '"phoneNumber"', '"+14155550123"', '"+19002345678"', '\\u0000', '\\ud800', '\ufeff', ' ', '\n'],
};

export const FORMATS = Object.keys(TOKENS);

/** The corpus of a format: `[name, bytes]`, the first two of which choose how the rest is given. */
export function corpusOf(format) {
  const folder = join(tests, 'fuzz', 'corpus', format);
  return readdirSync(folder).sort().map((name) => [name, readFileSync(join(folder, name))]);
}

/** Bytes that come of the corpus by edits: cuts, repeats, tokens, bytes and parts of other entries. */
function editedOf(format) {
  const corpus = corpusOf(format).map(([, bytes]) => bytes);
  const token = fc.constantFrom(...TOKENS[format]).map((text) => Buffer.from(text));
  const part = fc.record({ from: fc.constantFrom(...corpus), start: fc.nat({ max: 200 }), length: fc.integer({ min: 1, max: 80 }) }).map(({ from, start, length }) => from.subarray(start % from.length).subarray(0, length));
  const fresh = fc.oneof({ weight: 4, arbitrary: token }, { weight: 1, arbitrary: part }, { weight: 1, arbitrary: fc.uint8Array({ maxLength: 8 }).map((bytes) => Buffer.from(bytes)) }, { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 8 }).map((text) => Buffer.from(text)) });
  const edit = fc.record({ at: fc.nat({ max: 600 }), cut: fc.oneof(fc.constant(0), fc.nat({ max: 4 }), fc.nat({ max: 300 })), put: fresh, times: fc.oneof({ weight: 9, arbitrary: fc.constant(1) }, { weight: 1, arbitrary: fc.integer({ min: 0, max: 300 }) }) });
  return fc.record({ base: fc.constantFrom(...corpus), how: fc.option(fc.tuple(fc.nat({ max: 255 }), fc.nat({ max: 255 }))), edits: fc.array(edit, { maxLength: 8 }) }).map(({ base, how, edits }) => {
    let body = base.subarray(2);
    for (const { at, cut, put, times } of edits) {
      const place = body.length === 0 ? 0 : at % (body.length + 1);
      body = Buffer.concat([body.subarray(0, place), ...Array(times).fill(put), body.subarray(place + cut)]);
    }
    return Buffer.concat([Buffer.from(how ?? base.subarray(0, 2)), body]);
  });
}

/** Gives bytes of `seed` to a format's target, `runs` times; gives what broke a promise, at its smallest. */
export async function fuzzBytes(format, { seed, runs, beat = () => {} }) {
  const { fuzz } = await import(`./${format}-target.mjs`);
  const property = fc.asyncProperty(editedOf(format), async (bytes) => {
    beat(bytes);
    await fuzz(bytes);
  });
  const { failed, counterexample, errorInstance, numRuns } = await fc.check(property, { seed, numRuns: runs });
  return { count: numRuns, findings: failed ? [{ name: format, seed, bytes: counterexample[0], message: String(errorInstance?.stack ?? errorInstance).slice(0, 3_000) }] : [] };
}
