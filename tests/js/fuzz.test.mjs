import assert from 'node:assert/strict';
import test from 'node:test';
import { inspect } from 'node:util';
import { corpusOf, FORMATS, fuzzBytes } from '../fuzz/js/bytes.mjs';
import { fuzzValues } from '../fuzz/js/values.mjs';

/** A slice of `npm run test:fuzz-js`, the same each time: what is new is found there. */
const SEED = 9;

test('no argument makes a public function break its word', async () => {
  const { count, findings } = await fuzzValues({ seed: SEED, runs: 6 });
  assert.deepEqual(findings, [], inspect(findings, { depth: 12 }));
  assert.ok(count > 300, `${count} cases`);
});

for (const format of FORMATS) {
  test(`no bytes make the reader of ${format} break its word`, async () => {
    const { findings } = await fuzzBytes(format, { seed: SEED, runs: 60 });
    assert.deepEqual(findings.map(({ bytes, ...rest }) => ({ ...rest, base64: bytes.toString('base64') })), []);
  });
}

for (const format of FORMATS) {
  test(`the corpus of ${format} breaks nothing`, async () => {
    const { fuzz } = await import(`../fuzz/js/${format}-target.mjs`);
    const corpus = corpusOf(format);
    assert.ok(corpus.length > 0);
    for (const [name, bytes] of corpus) await assert.doesNotReject(fuzz(bytes), name);
  });
}
