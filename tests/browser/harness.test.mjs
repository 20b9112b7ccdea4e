import assert from 'node:assert/strict';
import test, { after } from 'node:test';
import { launchChromium, openPage } from '../js/support/chromium.mjs';
import { openSite } from '../js/support/site.mjs';

const site = await openSite();
const browser = await launchChromium();
after(() => Promise.all([browser.close(), site.close()]));

async function pageOf(t, path = 'tests/browser/cases.html') {
  const opened = await openPage(browser, site.env.siteUrl + path);
  t.after(() => opened.page.close());
  return opened;
}

test('a case that throws in the page fails with its message', async (t) => {
  const { page } = await pageOf(t);
  await assert.rejects(page.evaluate(() => globalThis.runCase('no such case')), /TypeError/);
});

test('what the page reports as an error is collected', async (t) => {
  const { page, takeErrors } = await pageOf(t);
  await page.evaluate(() => {
    console.error('said aloud');
    Promise.reject(new Error('nobody caught it'));
    return new Promise((resolve) => { setTimeout(resolve, 50); });
  });
  const errors = takeErrors();
  assert.equal(errors.length, 2, errors.join('\n'));
  assert.match(errors.join('\n'), /said aloud[^]*nobody caught it|nobody caught it[^]*said aloud/);
  assert.deepEqual(takeErrors(), []);
});

test('an answer with an error status is no error of the page', async (t) => {
  const { page, takeErrors } = await pageOf(t);
  assert.equal(await page.evaluate(async () => (await fetch('/missing')).status), 404);
  assert.deepEqual(takeErrors(), []);
});

test('a page that is not there fails at once', async (t) => {
  await assert.rejects(pageOf(t, 'tests/browser/missing.html'), /answered 404/);
});

test('the pages run under the strict policy: no eval of text, no inline script', async (t) => {
  const { page } = await pageOf(t);
  const ran = await page.evaluate(async () => {
    const inline = document.createElement('script');
    inline.textContent = 'globalThis.inlineRan = true';
    document.body.append(inline);
    const timer = new Promise((resolve) => { setTimeout(() => resolve(globalThis.textRan), 50); });
    try { setTimeout('globalThis.textRan = true', 0); } catch { /* refused either way */ }
    return [globalThis.inlineRan, await timer];
  });
  assert.deepEqual(ran, [undefined, undefined]);
});
