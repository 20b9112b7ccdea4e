import assert from 'node:assert/strict';
import test, { after } from 'node:test';
import { launchChromium, openPage } from '../js/support/chromium.mjs';
import { KEY, NUMBER, openRelay, serveRelay } from '../js/support/relay.mjs';
import { openSite } from '../js/support/site.mjs';

const browser = await launchChromium();
after(() => browser.close());

/** A site of pages, with a relay on its own origin. */
async function openShop(t, options) {
  const opened = openRelay(options);
  const site = await openSite({ sandbox: { fetch: opened.relay } });
  t.after(site.close);
  return { ...opened, siteUrl: site.env.siteUrl };
}

const OWN_PATH = '/sandbox/truedy/api/outdial';

/** Sends the form of a page whose relay is at `url`; gives what it shows, and all that went over its network. */
async function submit(t, siteUrl, url, phoneNumber) {
  const context = await browser.newContext();
  t.after(() => context.close());
  const log = [];
  const origins = new Set();
  context.on('request', (request) => {
    if (request.url().startsWith('http')) origins.add(new URL(request.url()).origin);
    log.push(request.url(), request.postData() ?? '', request.allHeaders().then(JSON.stringify));
  });
  context.on('response', (response) => log.push(response.text().catch(() => ''), response.allHeaders().then(JSON.stringify)));
  const { page, takeErrors } = await openPage(context, `${siteUrl}tests/browser/relay.html?relay=${encodeURIComponent(url)}`);
  await page.locator('html[data-ready]').waitFor();
  await page.getByLabel('Name').fill('Grace');
  await page.getByLabel('Phone number').fill(phoneNumber);
  await page.getByRole('button').click();
  const output = page.locator('output');
  await output.filter({ hasText: '}' }).waitFor();
  const shown = JSON.parse(await output.innerText());
  const stored = await page.evaluate(() => JSON.stringify([document.documentElement.outerHTML, { ...localStorage }, document.cookie]));
  return { shown, takeErrors, origins: [...origins], network: [...(await Promise.all(log)), stored].join('\n') };
}

test('a form in a page creates a contact and places a call through the relay of its own site', { timeout: 60_000 }, async (t) => {
  const { siteUrl, sandbox } = await openShop(t);
  const { shown, network, origins, takeErrors } = await submit(t, siteUrl, OWN_PATH, '+1 415 555 0123');
  assert.deepEqual([shown.contact.firstName, shown.contact.provider, shown.call.status], ['Grace', 'truedy', 'queued']);
  assert.deepEqual([sandbox.rang, sandbox.created.contacts], [{ [NUMBER]: 1 }, 1]);
  assert.deepEqual(takeErrors(), []);
  assert.ok(sandbox.requests.every(({ headers }) => headers.authorization === `Bearer ${KEY}`));
  assert.ok(network.includes('"operation":"createCall"'), 'the network was not listened to');
  assert.ok(!network.includes(KEY), 'the key was seen in the page');
  assert.deepEqual(origins, [new URL(siteUrl).origin]);
});

test('a page of a listed origin may use a relay elsewhere, another may not', { timeout: 60_000 }, async (t) => {
  const { siteUrl } = await openShop(t);
  // To a page a preflight that is refused looks like a connection that broke.
  for (const [origins, code] of [[[new URL(siteUrl).origin], undefined], [[], 'outcome_unknown']]) {
    const { url, sandbox } = await serveRelay(t, { origins });
    const { shown } = await submit(t, siteUrl, url, NUMBER);
    assert.deepEqual(sandbox.rang, code ? {} : { [NUMBER]: 1 });
    assert.equal(shown.code, code);
  }
});

test('a number that is none is said beside its path, and nothing leaves the page', { timeout: 60_000 }, async (t) => {
  const { siteUrl, sandbox } = await openShop(t);
  const { shown, network } = await submit(t, siteUrl, OWN_PATH, '+9198765xxxxx');
  assert.deepEqual([shown.code, shown.issues.map(({ path }) => path)], ['invalid_input', ['phoneNumber']]);
  assert.ok(!network.includes('"operation"'));
  assert.deepEqual(sandbox.requests, []);
});
