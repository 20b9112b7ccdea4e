import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test, { after, before } from 'node:test';
import { createClient } from '../../pkg/index.node.js';
import { createRelay, toNodeHandler } from '../../pkg/relay.js';
import { createSandbox } from '../../pkg/sandbox/index.js';
import { serve, SITE } from '../../pkg/tools/serve.mjs';
import { launchChromium, openPage } from '../js/support/chromium.mjs';
import { bundlePage, codeOf, ensureRecipes, layCode } from '../js/support/recipes.mjs';

const shell = (script, body = '<div id="app"></div>') => `<!doctype html><meta charset="utf-8"><title>recipe</title>${body}<script type="module" src="${script}.bundle.js"></script>`;

const sandbox = createSandbox();
const relayTo = ({ fetch }) => createRelay({
  client: createClient({ provider: 'truedy', apiKey: 'truedy_test', fetch }),
  allow: ['createCall'],
  policy: { regions: ['US'] },
  authorize: () => true,
});

let browser;
let project;
let site;

before(async () => {
  await ensureRecipes();
  const recipes = codeOf('recipes');
  project = layCode('recipes-pages', recipes);
  for (const file of ['plain/form.js', 'element/form.js', 'react/main.tsx', 'react-hook-form/main.tsx', 'vue/main.js', 'svelte/main.js', 'relay/page.ts']) await bundlePage(project, file);
  for (const [name, script, body] of [
    ['plain', 'plain/form.js', recipes.get('plain/index.html')],
    ['element', 'element/form.js', recipes.get('element/index.html')],
    ['react', 'react/main.tsx'],
    ['react-hook-form', 'react-hook-form/main.tsx'],
    ['vue', 'vue/main.js'],
    ['svelte', 'svelte/main.js'],
  ]) writeFileSync(join(project, `${name}.html`), shell(script, body));
  site = await serve({ relays: { '/api/outdial': toNodeHandler(relayTo(sandbox)) }, mounts: [SITE[0], { path: '/', folder: project }] });
  browser = await launchChromium();
});

after(async () => {
  await browser?.close();
  await site?.close();
});

/** The field of a recipe's page, once there is one. */
async function opened(t, name) {
  const { page, takeErrors } = await openPage(browser, `${site.url}${name}.html`);
  t.after(() => page.close());
  await page.waitForLoadState('networkidle');
  const field = page.locator('input[type="tel"]');
  await field.waitFor();
  return { page, field, takeErrors };
}

const caretOf = (field) => field.evaluate((input) => input.selectionStart);

for (const name of ['plain', 'react', 'vue', 'svelte']) {
  test(`the field in ${name} formats while it is typed, and its caret stays where the digits are put in`, async (t) => {
    const { field, takeErrors } = await opened(t, name);
    await field.pressSequentially('4155552671');
    assert.equal(await field.inputValue(), '(415) 555-2671');
    for (let step = 0; step < 6; step++) await field.press('ArrowLeft');
    await field.press('Backspace');
    await field.pressSequentially('9');
    assert.deepEqual([await field.inputValue(), await caretOf(field)], ['(415) 595-2671', 8]);
    assert.deepEqual(takeErrors(), []);
  });

  test(`the field in ${name} says what is wrong in words, and hands E.164 on`, async (t) => {
    const { page, field, takeErrors } = await opened(t, name);
    const isPlain = name === 'plain';
    await field.pressSequentially('415555');
    await field.blur();
    const said = () => (isPlain ? field.evaluate((input) => input.validationMessage) : page.locator('[role="alert"]').textContent());
    assert.match(await said(), /too short|area code/i);
    await field.press('End');
    await field.pressSequentially('2671');
    assert.equal(await said(), '');
    if (isPlain) await page.locator('button').click();
    const handed = () => (isPlain ? page.locator('output').textContent() : page.title());
    assert.equal(await handed(), '+14155552671');
    assert.deepEqual(takeErrors(), []);
  });
}

test('the element sends E.164 with its form, and nothing while it holds no number', async (t) => {
  const { page, field, takeErrors } = await opened(t, 'element');
  await field.pressSequentially('415555');
  await page.locator('form > button').click();
  assert.equal(await page.locator('output').textContent(), '');
  await field.press('End');
  await field.pressSequentially('2671');
  await page.locator('form > button').click();
  assert.equal(await page.locator('output').textContent(), '+14155552671');
  assert.deepEqual(takeErrors(), []);
});

test('the form of react-hook-form shows the message of the schema, and hands the input on', async (t) => {
  const { page, field, takeErrors } = await opened(t, 'react-hook-form');
  await field.fill('+9198765xxxxx');
  await page.locator('form > button').click();
  await page.locator('[role="alert"]', { hasText: 'Not a phone number' }).waitFor();
  await field.fill('+1 415 555 2671');
  await page.locator('form > button').click();
  await page.waitForFunction(() => document.title === '+1 415 555 2671');
  assert.deepEqual(takeErrors(), []);
});

test('a page calls through the relay, once for each form', async (t) => {
  const { page } = await openPage(browser, `${site.url}plain.html`);
  t.after(() => page.close());
  const call = () => page.evaluate(async () => {
    const { callMe } = await import('/relay/page.ts.bundle.js');
    return (await callMe('1f4baf16-1540-4d91-9696-7f34b2f2cb77', '+14155550123', 'form-7')).status;
  });
  assert.deepEqual([await call(), await call(), sandbox.rang], ['queued', 'queued', { '+14155550123': 1 }]);
});
