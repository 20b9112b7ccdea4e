import assert from 'node:assert/strict';
import test from 'node:test';
import vm from 'node:vm';
import { deepEqual, equal, ok, rejects } from './support/check.mjs';

const UNEQUAL = [
  [{ a: 1 }, { a: 2 }, '$.a'],
  [{ a: undefined }, {}, '$.a'],
  [{}, { a: undefined }, '$.a'],
  [[1, 2], [1], '$.1'],
  [[], {}, '$'],
  [{ a: { b: [{ c: '1' }] } }, { a: { b: [{ c: 1 }] } }, '$.a.b.0.c'],
  [null, {}, '$'],
  [0, -0, '$'],
  [new Map(), new Map(), '$'],
];

test('deepEqual names the first place that differs', () => {
  for (const [actual, expected, path] of UNEQUAL) {
    assert.throws(() => deepEqual(actual, expected), (error) => error.message.startsWith(`not equal at ${path}: `), path);
  }
});

test('deepEqual takes equal data, of another realm too', () => {
  deepEqual({ a: [1, null, NaN, { b: undefined }] }, { a: [1, null, NaN, { b: undefined }] });
  deepEqual(vm.runInNewContext('({ a: [1] })'), { a: [1] });
});

test('equal and ok refuse what they should', () => {
  assert.throws(() => equal(1, '1'), /1, expected "1"/);
  assert.throws(() => ok(''), /"" is not truthy/);
  equal(NaN, NaN);
});

test('rejects gives the error, and refuses a promise that resolves or another error', async () => {
  const error = Object.assign(new Error('no'), { code: 'timeout', issues: [{ path: 'a' }] });
  assert.equal(await rejects(Promise.reject(error), { code: 'timeout', issues: [{ path: 'a' }] }), error);
  await assert.rejects(rejects(Promise.resolve(1)), /resolved with 1/);
  await assert.rejects(rejects(Promise.reject(error), { code: 'aborted' }), /code of Error: no at \$/);
});
