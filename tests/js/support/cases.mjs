import assert from 'node:assert/strict';
import test from 'node:test';
import { loadInNode } from './load.mjs';
import { openSite } from './site.mjs';
import { openPage } from './chromium.mjs';

const timeout = 20_000;

/** Runs a file of tests/cases against the package, or against what the subpath `name` exports. */
export function runInNode(file, name) {
  test(`${file} in Node${name ? ` with outdial/${name}` : ''}`, async (t) => {
    const site = await openSite();
    t.after(site.close);
    const { cases } = await import(`../../cases/${file}`);
    const list = cases({ ...site.env, runtime: 'node', outdial: await loadInNode(name) });
    assert.ok(list.length > 0, `${file} holds no case`);
    for (const { name: what, run } of list) await t.test(what, { timeout }, () => run());
  });
}

/** The same in a page of its own. */
export function runInChromium(browser, file, name) {
  test(`${file} in Chromium${name ? ` with outdial/${name}` : ''}`, async (t) => {
    const site = await openSite();
    t.after(site.close);
    const { page, takeErrors } = await openPage(browser, `${site.env.siteUrl}tests/browser/cases.html`);
    t.after(() => page.close());
    const names = await page.evaluate((asked) => globalThis.openCases(...asked), [file, site.env, name]);
    assert.ok(names.length > 0, `${file} holds no case`);
    for (const [index, what] of names.entries()) {
      await t.test(what, { timeout }, async () => {
        await page.evaluate((place) => globalThis.runCase(place), index);
        assert.deepEqual(takeErrors(), [], 'the page reported errors');
      });
    }
    assert.deepEqual(takeErrors(), [], 'the page reported errors');
  });
}
