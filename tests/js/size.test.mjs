import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import { MODULES } from '../../pkg/tools/wasm.mjs';
import { bundle, bundled, moduleSizes } from '../bench/compressed.mjs';

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

test(`the JavaScript of outdial/forms and outdial/element adds at most ${budget['forms and element']} bytes to a page's`, async () => {
  const [page, whole] = [await bundled(['index', 'phone']), await bundled(['index', 'phone', 'forms', 'element'])];
  const added = whole.brotli - page.brotli;
  assert.ok(added <= budget['forms and element'], `${added} bytes`);
  assert.ok(added >= budget['forms and element'] * 0.95, `${added} bytes: lower the budget`);
});

test('a form that has phone() alone carries nothing of the client', async () => {
  const { text } = await bundle("export { phone } from './forms.js';");
  const carried = ['phone.wasm', 'createCall', 'createClient', 'truedy'].filter((word) => text.includes(word));
  assert.deepEqual(carried, ['phone.wasm']);
});

test('every module has a budget, and nothing else has but what is measured here', () => {
  assert.deepEqual(Object.keys(budget).sort(), [...MODULES.map(({ name }) => name), 'forms and element'].sort());
});
