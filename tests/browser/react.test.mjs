import assert from 'node:assert/strict';
import { cpSync, mkdirSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import test, { after, before } from 'node:test';
import { pkg, target } from '../../pkg/tools/paths.mjs';
import { serve } from '../../pkg/tools/serve.mjs';
import { launchChromium, openPage } from '../js/support/chromium.mjs';
import { ensureFormsApp, formsApp } from '../js/support/forms.mjs';

const { build } = createRequire(join(pkg, 'package.json'))('esbuild');
const built = join(target, 'forms-app');
const browser = await launchChromium();
let server;

before(async () => {
  await ensureFormsApp();
  rmSync(built, { recursive: true, force: true });
  mkdirSync(join(built, 'dist'), { recursive: true });
  await build({
    absWorkingDir: formsApp,
    entryPoints: ['page.jsx'],
    outdir: built,
    bundle: true,
    format: 'esm',
    jsx: 'automatic',
    minify: true,
    define: { 'process.env.NODE_ENV': '"development"' },
    logLevel: 'error',
  });
  cpSync(join(formsApp, 'page.html'), join(built, 'page.html'));
  // esbuild leaves the address of the module as it is, and the file to whoever serves.
  for (const name of ['outdial.wasm', 'phone.wasm']) cpSync(join(pkg, 'dist', name), join(built, 'dist', name));
  server = await serve({ mounts: [{ path: '/', folder: built }] });
}, { timeout: 300_000 });

after(async () => {
  await server?.close();
  await browser.close();
});

async function open(t) {
  const context = await browser.newContext({ locale: 'en-US' });
  t.after(() => context.close());
  const modules = [];
  context.on('request', (request) => request.url().endsWith('.wasm') && modules.push(request.url().split('/').at(-1)));
  const { page, takeErrors } = await openPage(context, `${server.url}page.html`);
  await page.locator('#phone').locator('[part=country]').waitFor();
  const shown = (id) => page.locator(`#${id}`).evaluate((field) => {
    const { value, selectionStart } = field.shadowRoot.querySelector('[part=number]');
    return `${value.slice(0, selectionStart)}|${value.slice(selectionStart)}`;
  });
  return { page, modules, shown, takeErrors };
}

test('React holds the value of the field: it follows each key, and nothing that is typed is lost', { timeout: 60_000 }, async (t) => {
  const { page, shown, takeErrors } = await open(t);
  const state = () => page.locator('#state').innerText();
  await page.getByText('Call me at').click();
  await page.keyboard.type('4155552671');
  assert.deepEqual([await shown('phone'), await state()], ['(415) 555-2671|', '+14155552671']);
  for (let key = 0; key < 8; key++) await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('Backspace');
  assert.deepEqual([await shown('phone'), await state()], ['(415|) 555-2671', '+14155552671'], 'over the separators');
  await page.keyboard.press('Backspace');
  assert.deepEqual([await shown('phone'), await state()], ['(41|5) 552-671', ''], 'React hands the empty value back, and the text stays');
  await page.keyboard.type('5');
  assert.deepEqual([await shown('phone'), await state()], ['(415|) 555-2671', '+14155552671']);
  await page.getByRole('button', { name: 'Use the office' }).click();
  assert.equal((await shown('phone')).replace('|', ''), '+44 20 7946 0958');
  await page.getByRole('button', { name: 'Forget' }).click();
  assert.deepEqual([await shown('phone'), await state()], ['|', '']);
  assert.deepEqual(takeErrors(), []);
});

test('react-hook-form with a schema of outdial/forms says what is wrong at the fields, and sends E.164', { timeout: 60_000 }, async (t) => {
  const { page, modules, takeErrors } = await open(t);
  const problems = async () => [await page.locator('#number-problem').innerText(), await page.locator('#email-problem').innerText()];
  await page.getByLabel('E-mail').fill('grace');
  await page.getByRole('button', { name: 'Sign up' }).click();
  await page.getByText('This must be an e-mail address').waitFor();
  assert.deepEqual(await problems(), ['This is missing', 'This must be an e-mail address, such as john@example.com']);
  await page.getByLabel('E-mail').fill('');
  await page.getByRole('button', { name: 'Sign up' }).click();
  await page.waitForFunction(() => document.activeElement.id === 'number');
  await page.keyboard.type('01512 3456789');
  await page.getByRole('button', { name: 'Sign up' }).click();
  await page.locator('#sent').filter({ hasText: '+49' }).waitFor();
  assert.deepEqual(JSON.parse(await page.locator('#sent').innerText()), { phoneNumber: '+4915123456789' });
  assert.deepEqual([modules, takeErrors()], [['phone.wasm', 'outdial.wasm'], []]);
});
