import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import test from 'node:test';
import { pkg, www } from '../../pkg/tools/paths.mjs';
import { loadInNode } from './support/load.mjs';

const require = createRequire(join(pkg, 'package.json'));
const { default: _, ...named } = require('libphonenumber-js/max');
const theirs = { ...named, examples: require('libphonenumber-js/mobile/examples') };
const ours = { ...(await loadInNode('phone')), geographic: (region) => (region === '001' ? undefined : region) };

const page = readFileSync(join(www, 'docs', 'migration.md'), 'utf8');

/** The rows of the table under a heading, each a list of cells. */
function rowsOf(heading) {
  const [, part] = page.split(`## ${heading}\n`);
  const lines = part.split('\n## ')[0].split('\n').filter((line) => line.startsWith('| ')).slice(1);
  return lines.map((line) => line.slice(2, -2).split(/(?<!\|) \| (?!\|)/));
}

const code = (cell) => /`([^`]+)`/.exec(cell)[1];

/** What an expression of the page gives; of a text the page says what `number` and `phone` stand for. */
function evaluated(names, expression, text) {
  const scope = { ...names, text, ...(text && { number: theirs.parsePhoneNumberFromString(text, 'US'), phone: ours.parsePhone(text, { region: 'US' }).phone }) };
  return new Function(...Object.keys(scope), `return (${expression});`)(...Object.values(scope));
}

const texts = ours.regions().flatMap(({ region }) => ['fixed_line', 'mobile', 'toll_free', 'premium_rate'].map((type) => ours.examplePhone(region, type)?.e164)).filter(Boolean);
texts.push('+80012345678', '+1 415 555 2671 ext. 5', '(415) 555-2671', '+44 20 7946 0958', '+390612345678', '+٤٤٢٠٧٩٤٦٠٩٥٨');

// Their metadata is of another version: a few regions changed their plan in between.
const OTHER_PLAN = 0.015;

const same = rowsOf('Function by function');

test('the table of functions is read whole', () => {
  assert.ok(same.length >= 15 && rowsOf('What differs').length >= 12 && texts.length > 500, `${same.length} ${texts.length}`);
});

for (const [theirCell, ourCell] of same) {
  test(`${code(ourCell)} is ${code(theirCell)} for the example numbers of all regions`, () => {
    const differ = texts.filter((text) => {
      const [one, other] = [evaluated(theirs, code(theirCell), text), evaluated(ours, code(ourCell), text)];
      return JSON.stringify(one) !== JSON.stringify(other);
    });
    const told = differ.map((text) => [text, evaluated(theirs, code(theirCell), text), evaluated(ours, code(ourCell), text)]);
    assert.ok(differ.length <= texts.length * OTHER_PLAN, JSON.stringify(told));
  });
}

for (const [theirCell, ourCell] of rowsOf('What differs')) {
  for (const [names, cell] of [[theirs, theirCell], [ours, ourCell]]) {
    test(cell, () => {
      const [, expression, verb, result] = /^`([^`]+)` (gives|throws) `([^`]+)`$/.exec(cell);
      if (verb === 'throws') return assert.throws(() => evaluated(names, expression), { name: result });
      assert.deepEqual(evaluated(names, expression), new Function(`return ${result}`)());
    });
  }
}
