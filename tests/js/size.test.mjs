import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import { MODULES } from '../../pkg/tools/wasm.mjs';
import { moduleSizes } from '../bench/compressed.mjs';

// Bytes in brotli 11. A number moves only when someone decides that it should.
const budget = JSON.parse(readFileSync(new URL('../size-budget.json', import.meta.url), 'utf8'));

for (const { name } of MODULES) {
  test(`the module ${name} and its glue travel in at most ${budget[name]} bytes`, () => {
    const sizes = moduleSizes(name);
    const sum = sizes.reduce((total, { brotli }) => total + brotli, 0);
    assert.ok(sum <= budget[name], `${sum} bytes: ${sizes.map(({ file, brotli }) => `${file} ${brotli}`).join(', ')}; tests/size-budget.json allows ${budget[name]}`);
    assert.ok(sum >= budget[name] * 0.95, `${sum} bytes: tests/size-budget.json allows ${budget[name]}, lower it`);
  });
}

test('every module has a budget, and nothing else has', () => {
  assert.deepEqual(Object.keys(budget).sort(), MODULES.map(({ name }) => name).sort());
});
