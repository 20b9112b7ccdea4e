import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import test, { after } from 'node:test';
import { serveDemo } from '../../../pkg/tools/demo.mjs';
import { launchChromium, openPage } from './chromium.mjs';

const axe = readFileSync(createRequire(new URL('../../../pkg/package.json', import.meta.url)).resolve('axe-core/axe.min.js'), 'utf8');

/**
 * The demo in Chromium: `visit(name, scene, scenario, media)` is a test of a scene, opened afresh, in whose end nothing may
 * have gone wrong; `scenario` gets the page and `{ t, takeErrors }`, `media` are its colours and motion.
 */
export async function openDemo() {
  const demo = await serveDemo({ port: 0 });
  const browser = await launchChromium();
  after(() => Promise.all([browser.close(), demo.close()]));

  // Starting a page takes longer than most of the tests.
  let opened;

  async function openAt(scene, media) {
    opened ??= await openPage(browser, demo.url);
    const { page } = opened;
    await page.evaluate(() => localStorage.clear());
    await page.setViewportSize({ width: 1440, height: 900 });
    await page.emulateMedia({ reducedMotion: 'reduce', ...media });
    // From elsewhere, since another scene of the same address is no new page.
    await page.goto('about:blank');
    await page.goto(`${demo.url}#${scene}`);
    await ready(page, scene);
    return opened;
  }

  function visit(name, scene, scenario, media) {
    test(name, { timeout: 120_000 }, async (t) => {
      const { page, takeErrors } = await openAt(scene, media);
      await scenario(page, { t, takeErrors });
      assert.deepEqual(takeErrors(), [], 'the page reported errors');
    });
  }

  return { demo, browser, visit };
}

export const ready = (page, scene) => page.locator(`#${scene}[data-state="ready"]`).waitFor();

/** What axe finds wrong in what is shown. */
export async function violationsIn(page) {
  // The driver's own way in: the page itself runs no text.
  await page.evaluate(`${axe}; undefined`);
  const { violations } = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ['violations'] }));
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html, failureSummary }) => `${html.slice(0, 120)} ${failureSummary}`).join(' | ')}`);
}

/** What stands beyond the width of the page. */
export const overflowIn = (page) => page.evaluate(() => {
  const { scrollWidth, clientWidth } = document.documentElement;
  const wide = Array.from(document.querySelectorAll('main *, .top *')).filter((element) => {
    const { left, right, width } = element.getBoundingClientRect();
    return width > 1 && (left < -1 || right > clientWidth + 1);
  });
  return { scrolls: scrollWidth > clientWidth, wide: wide.map((element) => element.outerHTML.slice(0, 80)) };
});

/** What each scene shows at its fullest. */
export const FILL = {
  async number() {},
  async place(page) {
    for (const values of ['With mistakes', 'Start over']) {
      await page.getByRole('button', { name: values }).click();
      for (const name of ['Create contact', 'Place call']) {
        await page.getByRole('button', { name }).click();
        await page.getByText(values === 'Start over' ? /is created\.|is placed\./ : 'Nothing was sent').first().waitFor();
      }
    }
    await page.locator('.life').waitFor();
  },
  async break(page) {
    await page.getByRole('button', { name: 'Place the call' }).click();
    await page.getByText(/^Done\./).waitFor();
  },
  async import(page) {
    await page.getByRole('button', { name: '500 rows', exact: true }).click();
    await page.getByRole('button', { name: 'Check the list' }).click();
    await page.getByRole('button', { name: /^Send / }).click();
    await page.getByText(/^Done: /).waitFor();
  },
  async measure(page) {
    await page.getByRole('button', { name: 'Measure' }).click();
    await page.getByText('Done.', { exact: true }).waitFor({ timeout: 90_000 });
  },
};
