import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import { gunzipSync } from 'node:zlib';
import * as glue from '../../pkg/dist/outdial.js';
import { init } from '../../pkg/index.node.js';
import { pack } from '../../pkg/pack.js';
import { text } from '../../pkg/zones/data.js';
import { zonesOf } from '../../pkg/zones/index.js';
import { offsetAt } from '../../pkg/zones/local-time.js';

const DAY = 86_400_000;

// Open to all: what matters here is how the module describes a number.
const OPEN = { types: ['fixed_line', 'mobile', 'fixed_line_or_mobile', 'toll_free', 'premium_rate', 'shared_cost', 'voip', 'personal_number', 'pager', 'uan', 'voicemail', 'unknown'] };

async function described(e164) {
  await init();
  return glue.checkPolicy(pack(OPEN), pack(e164)).number;
}

function sample() {
  const bytes = readFileSync(new URL('../fixtures/zones/sample.tsv.gz', import.meta.url));
  const rows = gunzipSync(bytes).toString().trimEnd().split('\n');
  return rows.map((row) => row.split('\t')).map(([e164, zones]) => ({ e164, zones: zones ? zones.split(' ') : [] }));
}

test('numbers have the time zones that libphonenumber gives them', async () => {
  const rows = sample();
  assert.ok(rows.length >= 6000 && new Set(rows.map(({ zones }) => zones.join())).size > 250, 'the sample is too thin');
  for (const { e164, zones } of rows) assert.deepEqual(zonesOf(await described(e164)), zones, e164);
});

test('a number that the plan does not know has all time zones of its country', async () => {
  const number = await described('+11234567890');
  assert.equal(number.type, 'unknown');
  assert.equal(zonesOf(number).length, 42);
});

const allZones = [...new Set(text.split('\n').flatMap((line) => line.split(' ', 1)[0].split(',')))];

test('this runtime knows every time zone of the table', () => {
  assert.ok(allZones.length > 280);
  for (const zone of allZones) assert.equal(typeof offsetAt(zone, 0), 'number', zone);
});

test('no clock of the table is changed twice within the fifteen days that are looked at together', () => {
  for (const zone of allZones) {
    let last = -Infinity;
    for (let at = Date.parse('2026-01-01'), before = offsetAt(zone, at); at < Date.parse('2028-01-01'); at += 2 * DAY) {
      const offset = offsetAt(zone, at);
      if (offset === before) continue;
      assert.ok(at - last > 20 * DAY, `${zone} at ${new Date(at).toISOString()}`);
      [last, before] = [at, offset];
    }
  }
});
