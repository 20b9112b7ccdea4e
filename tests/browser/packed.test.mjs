import { after, before, test } from 'node:test';
import { ensureConsumers } from '../js/support/consumers.mjs';
import { openChromium } from '../packaging/browsers.mjs';
import { checkRefusal, openRefused, QUICK_PAGES, relayFor, usePage } from '../packaging/pages.mjs';
import { openPlace, openPlatform, rung } from '../packaging/place.mjs';

let [place, platform, browser] = [];

before(async () => {
  await ensureConsumers();
  [place, platform, browser] = [await openPlace('pages'), await openPlatform(), await openChromium()];
}, { timeout: 600_000 });
after(() => Promise.all([platform?.close(), browser?.close()]));

// The rest, and the other browsers, are in npm --prefix pkg run test:packaging.
for (const { name, open } of QUICK_PAGES) {
  test(`${name}: a page uses the package as npm packs it, under a strict policy`, { timeout: 120_000 }, async (t) => {
    const site = await open(place, relayFor(platform.url));
    t.after(site.close);
    await rung(platform, (number) => usePage(browser, site, number));
  });
}

for (const way of ['outdial', 'outdial/inline']) {
  test(`${way} says which directive a page's policy lacks`, { timeout: 120_000 }, async (t) => {
    const site = await openRefused(place, way);
    t.after(site.close);
    checkRefusal(await browser.show(site.url));
  });
}
