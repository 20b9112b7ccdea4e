import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import { apiReport, REPORT } from '../../pkg/tools/docs/api-report.mjs';
import { isValue, readEntries } from '../../pkg/tools/docs/declarations.mjs';
import { pkg } from '../../pkg/tools/paths.mjs';

const entries = readEntries();
const { exports } = JSON.parse(readFileSync(`${pkg}/package.json`, 'utf8'));

test('the public surface is what the report in the repository says', () => {
  const message = 'the types say something else than tests/types/api-report.md: if that is meant, npm --prefix pkg run api-report, and let it be reviewed';
  assert.equal(apiReport(), readFileSync(REPORT, 'utf8'), message);
});

/** The file behind a subpath in Node. */
const fileOf = (subpath) => new URL(`../../pkg/${exports[subpath].node ?? exports[subpath].default}`, import.meta.url);

for (const { names, declarations } of entries) {
  for (const name of names) {
    test(`${name} exports in Node what its types name, and nothing else`, async () => {
      const values = declarations.filter((one) => one.isExported && isValue(one));
      const loaded = await import(fileOf(name.replace('outdial', '.')));
      assert.deepEqual(Object.keys(loaded).sort(), values.map((one) => one.name).sort());
    });
  }
}

test('each function says what it throws, if it can, and shows how it is used', () => {
  const silent = [];
  for (const { names: [entry], declarations } of entries) {
    for (const { name, kind, comments } of declarations) {
      if (kind !== 'function') continue;
      if (!comments.some(({ tags }) => tags.example)) silent.push(`${entry} ${name}: @example`);
      if (!comments.some(({ tags, text }) => tags.throws || /\bnever (?:throws|rejects)\b/.test(text))) silent.push(`${entry} ${name}: @throws`);
    }
  }
  assert.deepEqual(silent, []);
});

test('each exported type says what it is', () => {
  const silent = entries.flatMap(({ names: [entry], declarations }) => declarations.filter(({ isExported, comments }) => isExported && comments.length === 0).map(({ name }) => `${entry} ${name}`));
  assert.deepEqual(silent, []);
});
