import assert from 'node:assert/strict';
import test from 'node:test';
import { measure, MOST_GROWTH, PARSERS } from '../linear/parsers.mjs';

// A slice of `npm --prefix pkg run test:linear`, which goes up to 10 MB.
const SIZES = [32_768, 262_144];

test('no reader takes much more than eight times as long for eight times as much', { timeout: 300_000 }, async () => {
  for (const parser of PARSERS) {
    let { growth } = await measure(parser, SIZES, 2);
    if (growth >= MOST_GROWTH) ({ growth } = await measure(parser, SIZES, 6));
    assert.ok(growth < MOST_GROWTH, `${parser.name}: ${growth.toFixed(1)} times as long a character`);
  }
});
