import assert from 'node:assert/strict';
import test from 'node:test';
import { differences, isFailure } from '../bench/compare.mjs';

test('a ratio that fell by more than a quarter, and one that is missing, fail the check; what rose or is new is named', () => {
  const recorded = { same: 10, 'a little less': 10, fell: 10, rose: 10, gone: 1 };
  const measured = { same: 10, 'a little less': 7.6, fell: 7.4, rose: 14, 'not there before': 2 };
  const found = differences(recorded, measured);
  assert.deepEqual(found.map(({ row, verdict }) => [row, verdict]), [['fell', 'fell'], ['rose', 'rose'], ['gone', 'missing'], ['not there before', 'new']]);
  assert.deepEqual(found.filter(isFailure).map(({ row }) => row), ['fell', 'gone']);
  assert.deepEqual(differences(recorded, recorded), []);
});
