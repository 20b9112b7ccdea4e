import assert from 'node:assert/strict';
import test, { after } from 'node:test';
import { launchChromium, openPage } from '../js/support/chromium.mjs';
import { caseFiles, openSite } from '../js/support/site.mjs';

const browser = await launchChromium();
after(() => browser.close());

for (const file of caseFiles) {
  test(`${file} in Chromium`, async (t) => {
    const site = await openSite();
    t.after(site.close);
    const { page, takeErrors } = await openPage(browser, `${site.env.siteUrl}tests/browser/cases.html`);
    t.after(() => page.close());
    const names = await page.evaluate(([name, env]) => globalThis.openCases(name, env), [file, site.env]);
    assert.ok(names.length > 0, `${file} holds no case`);
    for (const [index, name] of names.entries()) {
      await t.test(name, { timeout: 20_000 }, async () => {
        await page.evaluate((place) => globalThis.runCase(place), index);
        assert.deepEqual(takeErrors(), [], 'the page reported errors');
      });
    }
    assert.deepEqual(takeErrors(), [], 'the page reported errors');
  });
}
