import { after } from 'node:test';
import { launchChromium, openPage } from './chromium.mjs';
import { openSite } from './site.mjs';

/** For a file of tests: a browser, the address of the page with fields for phone numbers, and `open(t, options)` of that page. */
export async function openFields() {
  const [browser, site] = await Promise.all([launchChromium(), openSite()]);
  after(() => Promise.all([site.close(), browser.close()]));
  const url = `${site.env.siteUrl}tests/browser/element.html`;
  return { browser, url, open: (t, options) => openField(t, browser, url, options) };
}

/** The page, and what a test does to its fields by keyboard and sees of them. */
async function openField(t, browser, url, options) {
  const context = await browser.newContext({ viewport: { width: 360, height: 720 }, locale: 'en-US', ...options });
  t.after(() => context.close());
  const { page, takeErrors } = await openPage(context, url);
  await page.waitForFunction(() => [...document.querySelectorAll('outdial-phone')].every((field) => field.shadowRoot?.querySelector('[part=country]:not([hidden])')));
  const element = (id, task, argument) => page.locator(`#${id}`).evaluate(task, argument);
  const input = (id) => page.locator(`#${id}`).locator('[part=number]');
  return {
    page,
    takeErrors,
    element,
    focus: (id) => input(id).focus(),
    select: (id, start, end) => input(id).evaluate((field, range) => field.setSelectionRange(...range), [start, end]),
    clear: (id, region) => element(id, (field, region) => Object.assign(field, { text: '', region }), region),
    /** What a field shows, its caret as a bar, and what it says of itself. */
    shown: (id) => element(id, (field) => {
      const { value: text, selectionStart: caret } = field.shadowRoot.querySelector('[part=number]');
      return { shown: `${text.slice(0, caret)}|${text.slice(caret)}`, value: field.value, region: field.region, problem: field.validationMessage };
    }),
    /** By the clipboard, as a person does. */
    async paste(text) {
      await context.grantPermissions(['clipboard-read', 'clipboard-write']);
      await page.evaluate((text) => navigator.clipboard.writeText(text), text);
      await page.keyboard.press('ControlOrMeta+v');
    },
    heard: () => page.evaluate(() => globalThis.heard),
    sent: async () => {
      const text = await page.locator('output').innerText();
      return text === '' ? undefined : JSON.parse(text);
    },
  };
}
