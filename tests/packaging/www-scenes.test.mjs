import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import test, { after, before } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { ensureBrowsers } from '../../pkg/tools/browsers.mjs';
import { ensurePackages } from '../../pkg/tools/npm.mjs';
import { serveSite } from '../js/support/static-site.mjs';
import { BROWSERS } from './browsers.mjs';
import { bundlers } from './place.mjs';

const PATIENCE_MS = 60_000;
const axe = readFileSync(createRequire(new URL('../../pkg/package.json', import.meta.url)).resolve('axe-core/axe.min.js'), 'utf8');

let paths;
let site;
before(async () => {
  await ensurePackages(bundlers);
  paths = await ensureBrowsers();
  site = await serveSite();
}, { timeout: 600_000 });
after(() => site.close());

const textOf = (css) => `(document.querySelector(${JSON.stringify(css)})?.innerText ?? '')`;

/** Waits until what stands at `css` fits; gives it. */
async function until(page, css, pattern) {
  let text;
  for (const end = Date.now() + PATIENCE_MS; Date.now() < end; await pause(50)) {
    text = await page.run(textOf(css));
    if (pattern.test(text)) return text;
  }
  throw new Error(`${css} says ${JSON.stringify(text)}, not ${pattern}; ${(await page.complaints()).join('; ')}`);
}

/** The five scenes, each driven as a person would. */
const SCENES = {
  async number(page) {
    await page.run("document.querySelector('#number-input').value = '', 1");
    await page.type('#number-input', '4155552671');
    await until(page, '.verdict', /^Valid$/);
    assert.equal(await page.run("document.querySelector('#number-input').value"), '(415) 555-2671');
    await until(page, '[data-part="facts"]', /tel:\+1-415-555-2671/);
    await until(page, '[data-part="time"]', /^in [\d.]+ µs$/);
    assert.match(await page.run(textOf('[data-part="trouble"]')), /Not a phone number\s+\+919876599999, mobile/);
  },
  async place(page) {
    await page.click('#contact-form [type="submit"]');
    await until(page, '#place p[data-part="done"]', /^The contact is created/);
    await page.click('#call-form [type="submit"]');
    await until(page, '#place p[data-part="done"]', /^The call is placed/);
    await until(page, '#place [data-part="request"]', /^POST https:\/\/api\.truedy\.ai[^]*••••••••/);
    while (await page.run("!document.querySelector('[data-part=\"skip\"]').disabled")) await page.click('[data-part="skip"]');
    await until(page, '.life .badge', /^completed$/);
  },
  async break(page) {
    await page.click('#break [type="submit"]');
    await until(page, '[data-part="running"]', /^Done\. With outdial the phone rang once, with the loop twice\.$/);
    assert.equal(await page.run("document.querySelectorAll('.picture rect.attempt').length"), 4);
  },
  async import(page) {
    await page.click('[data-rows="500"]');
    await until(page, '[data-part="file"]', /sample-500\.csv/);
    await page.click('[data-part="mapping"] [type="submit"]');
    await until(page, '[data-part="checked"]', /^Checked in/);
    await page.click('[data-action="send"]');
    await until(page, '#import p[data-part="sent"]', /^Done: \d+ contacts created/);
    const result = await page.run("document.querySelector('[data-part=\"download\"]').href");
    assert.match(result, /^blob:/);
  },
  async measure(page) {
    await page.click('[data-action="measure"]');
    await until(page, '#measure [data-part="progress"]', /^Done\.$/);
    assert.equal(await page.run("document.querySelectorAll('.bars section').length"), 4);
  },
};

/** What axe finds wrong in what is shown; not every driver waits for a promise of the page. */
async function violations(page) {
  await page.run(`(() => { ${axe}; globalThis.axe.run(document, { resultTypes: ['violations'] }).then(({ violations }) => { globalThis.found = violations.map(({ id, nodes }) => id + ' ' + nodes[0].html); }, (error) => { globalThis.found = [String(error)]; }); })()`);
  for (const end = Date.now() + PATIENCE_MS; Date.now() < end; await pause(50)) {
    const found = await page.run('globalThis.found ?? null');
    if (found) return found;
  }
  throw new Error('axe gave no answer');
}

for (const { name, open } of BROWSERS) {
  test(`the five scenes work in ${name}, with nothing that it or axe finds wrong`, { timeout: 300_000 }, async (t) => {
    const browser = await open(paths);
    t.after(browser.close);
    for (const [scene, drive] of Object.entries(SCENES)) {
      const page = await browser.visit(`${site.url}#${scene}`);
      for (let tries = 0; !(await page.run(`document.getElementById('${scene}').dataset.state === 'ready'`)); tries += 1) {
        if (tries > 600) throw new Error(`${scene} did not open: ${(await page.complaints()).join('; ')}`);
        await pause(50);
      }
      await drive(page);
      assert.deepEqual(await violations(page), [], scene);
      assert.deepEqual(await page.complaints(), [], scene);
      await page.close();
      t.diagnostic(`${scene} works`);
    }
  });
}
