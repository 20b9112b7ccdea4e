import assert from 'node:assert/strict';
import { cpSync, mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import test, { after, before } from 'node:test';
import { buildDocs } from '../../pkg/tools/docs/site.mjs';
import { pkg, target, www } from '../../pkg/tools/paths.mjs';
import { serve } from '../../pkg/tools/serve.mjs';
import { launchChromium, openPage } from '../js/support/chromium.mjs';

const axe = createRequire(join(pkg, 'package.json')).resolve('axe-core');
const folder = join(target, 'docs-pages');
let browser;
let site;
let files;

before(async () => {
  mkdirSync(join(folder, 'docs'), { recursive: true });
  for (const name of ['styles/theme.css', 'styles/base.css', 'theme.js', 'favicon.svg']) cpSync(join(www, name), join(folder, name));
  files = buildDocs(join(folder, 'docs'));
  site = await serve({ mounts: [{ path: '/', folder }] });
  browser = await launchChromium();
});

after(async () => {
  await browser?.close();
  await site?.close();
});

async function opened(t, file, { width, colorScheme }) {
  const { page, takeErrors } = await openPage(browser, `${site.url}docs/${file}`);
  t.after(() => page.close());
  await page.setViewportSize({ width, height: 900 });
  await page.emulateMedia({ colorScheme });
  return { page, takeErrors };
}

test('every page of the docs fits telephones and desks, and reports no error', async (t) => {
  for (const file of files) {
    const { page, takeErrors } = await opened(t, file, { width: 360, colorScheme: 'light' });
    for (const width of [360, 1440]) {
      await page.setViewportSize({ width, height: 900 });
      assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), `${file} is wider than ${width} px`);
    }
    assert.deepEqual(takeErrors(), [], file);
  }
});

// One of each kind: on the largest page axe-core takes a minute.
for (const colorScheme of ['light', 'dark']) {
  test(`axe-core finds nothing in the docs in ${colorScheme} colours`, async (t) => {
    for (const file of ['index.html', 'recipes.html', 'migration.html', 'reference-outdial-relay.html']) {
      const { page } = await opened(t, file, { width: 1440, colorScheme });
      assert.deepEqual(await problems(page), [], file);
    }
  });
}

/** What axe-core finds, and where. */
async function problems(page) {
  const session = await page.context().newCDPSession(page);
  await session.send('Page.setBypassCSP', { enabled: true });
  await page.reload();
  await page.addScriptTag({ path: axe });
  const { violations } = await page.evaluate(() => globalThis.axe.run());
  return violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target}`));
}

test('a theme that was chosen in the demo holds in the docs, and the other way round', async (t) => {
  const { page } = await openPage(browser, `${site.url}docs/index.html`);
  t.after(() => page.close());
  await page.locator('input[value="dark"]').check({ force: true });
  await page.goto(`${site.url}docs/recipes.html`);
  assert.deepEqual(await page.evaluate(() => [document.documentElement.dataset.theme, localStorage.getItem('outdial.theme')]), ['dark', 'dark']);
});
