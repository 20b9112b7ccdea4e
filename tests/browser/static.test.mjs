import assert from 'node:assert/strict';
import test, { after } from 'node:test';
import { brotliCompressSync, constants } from 'node:zlib';
import { launchChromium, openPage } from '../js/support/chromium.mjs';
import { FILL, ready } from '../js/support/demo.mjs';
import { serveSite } from '../js/support/static-site.mjs';

const MOST_BYTES = 150_000;

const site = await serveSite();
const browser = await launchChromium();
after(() => Promise.all([browser.close(), site.close()]));

const brotli = (bytes) => brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }).length;

/** The static pages, opened afresh; `loaded` is all that came over the network. */
async function open(t, scene) {
  const context = await browser.newContext();
  t.after(() => context.close());
  const loaded = [];
  context.on('response', (response) => loaded.push({ url: response.url(), status: response.status(), body: response.body() }));
  const { page, takeErrors } = await openPage(context, `${site.url}${scene ? `#${scene}` : ''}`);
  await ready(page, scene ?? 'number');
  return { page, takeErrors, loaded };
}

test('the first view of the static pages is under 150 kB with brotli', { timeout: 60_000 }, async (t) => {
  const { page, loaded, takeErrors } = await open(t);
  await page.waitForLoadState('networkidle');
  const sizes = await Promise.all(loaded.map(async ({ url, body }) => [new URL(url).pathname.split('/').at(-1) || 'index.html', brotli(await body)]));
  const total = sizes.reduce((sum, [, size]) => sum + size, 0);
  t.diagnostic(`${total} bytes: ${sizes.map((one) => one.join(' ')).join(', ')}`);
  assert.ok(sizes.some(([name]) => name === 'outdial.wasm') && sizes.length > 4, 'not all was seen');
  assert.ok(total < MOST_BYTES, `${total} bytes`);
  assert.deepEqual(takeErrors(), []);
});

test('every scene works from the static folder, below any path, with nothing missing', { timeout: 120_000 }, async (t) => {
  for (const scene of ['number', 'place', 'break', 'import', 'measure']) {
    const { page, loaded, takeErrors } = await open(t, scene);
    await FILL[scene](page);
    assert.deepEqual(loaded.filter(({ url, status }) => status !== 200 || !url.startsWith(site.url)).map(({ url, status }) => `${status} ${url}`), []);
    assert.deepEqual(takeErrors(), [], scene);
  }
});

test('no link of the static pages is dead', { timeout: 60_000 }, async (t) => {
  const { page } = await open(t);
  const hrefs = await page.locator('a[href]').evaluateAll((links) => links.map(({ href }) => href.split('#')[0]));
  const inside = [...new Set(hrefs)].filter((href) => href.startsWith(site.url));
  assert.ok(inside.some((href) => href.endsWith('docs/')), inside.join());
  for (const href of inside) assert.equal((await fetch(href)).status, 200, href);
});

test('the static pages say that they have no relay', { timeout: 60_000 }, async (t) => {
  const { page } = await open(t, 'place');
  assert.ok(await page.getByRole('navigation', { name: 'How the form reaches the platform' }).isHidden());
  await page.getByText('A relay is a function on a server').waitFor();
});
