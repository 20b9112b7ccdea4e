import assert from 'node:assert/strict';
import { FILL, openDemo, overflowIn, ready, violationsIn } from '../js/support/demo.mjs';

const { demo, visit } = await openDemo();

const SCENES = ['number', 'place', 'break', 'import', 'measure'];
const FITS = { scrolls: false, wide: [] };

for (const scene of SCENES) {
  visit(`the scene ${scene} has nothing that axe finds wrong, in both themes, and fits every width`, scene, async (page) => {
    await FILL[scene](page);
    for (const theme of ['Light', 'Dark']) {
      await page.getByRole('radio', { name: theme }).check();
      assert.deepEqual(await violationsIn(page), [], theme);
    }
    for (const width of [360, 480, 768, 1024, 1440, 1920]) {
      await page.setViewportSize({ width, height: 900 });
      assert.deepEqual(await overflowIn(page), FITS, `${width} px`);
    }
  });
}

visit('shows one scene at a time, with its title, and goes back', 'number', async (page) => {
  for (const [name, scene] of [['2 ABC Place', 'place'], ['3 DEF Break', 'break'], ['4 GHI Import', 'import'], ['5 JKL Measure', 'measure'], ['1 Type', 'number']]) {
    await page.getByRole('navigation', { name: 'Scenes' }).getByRole('link', { name: name.split(' ').at(-1) }).click();
    await ready(page, scene);
    assert.equal(await page.locator('[data-scene]:visible').count(), 1);
    assert.ok(await page.locator(`#${scene}`).isVisible());
    assert.equal(await page.locator('.keypad [aria-current="page"]').getAttribute('href'), `#${scene}`);
    assert.ok(await page.locator(`#${scene}-title`).evaluate((title) => title === document.activeElement), 'the title has no focus');
  }
  await page.goBack();
  await page.locator('#measure').waitFor();
});

visit('changes scenes with a view transition where motion is wanted', 'number', async (page) => {
  await page.getByRole('link', { name: /^Next: create a contact/ }).click();
  await ready(page, 'place');
  assert.ok(await page.locator('#number').isHidden());
}, { reducedMotion: 'no-preference' });

visit('can be used with the keyboard alone, and shows where it is', 'number', async (page) => {
  const focused = () => page.evaluate(() => {
    const { outlineStyle, outlineWidth } = getComputedStyle(document.activeElement);
    return { id: document.activeElement.id, text: document.activeElement.textContent.trim(), outline: `${outlineStyle} ${outlineWidth}` };
  });
  async function tabTo(wanted) {
    for (let presses = 0; presses < 60; presses += 1) {
      await page.keyboard.press('Tab');
      const place = await focused();
      // A choice is drawn by the label's inner part, which has the outline in its stead.
      if (place.text !== '') assert.equal(place.outline, 'solid 3px', `no outline at ${place.text}`);
      if (wanted(place)) return;
    }
    assert.fail('the keyboard does not get there');
  }
  await page.goto(demo.url);
  await ready(page, 'number');
  await page.keyboard.press('Tab');
  assert.equal((await focused()).text, 'Skip to the scene');
  await tabTo(({ text }) => text.includes('Place'));
  await page.keyboard.press('Enter');
  await ready(page, 'place');
  await tabTo(({ id }) => id === 'place-phoneNumber');
  await page.keyboard.press('Control+A');
  await page.keyboard.type('+442079460000');
  await tabTo(({ text }) => text === 'Create contact');
  await page.keyboard.press('Enter');
  await page.getByText('The contact is created.').waitFor();
  assert.equal((await focused()).text, 'Create contact');
  await tabTo(({ text }) => text === 'Place call');
  await page.keyboard.press('Space');
  await page.getByText(/^The call is placed/).waitFor();
  await tabTo(({ text }) => text.startsWith('Next: break it'));
  await page.keyboard.press('Enter');
  await ready(page, 'break');
  await tabTo(({ id }) => id === 'fault-never');
  await page.keyboard.press('Space');
  assert.ok(await page.getByRole('switch', { name: 'No answer comes' }).isChecked());
});

visit('remembers the colours that were chosen', 'number', async (page) => {
  const ground = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const light = await ground();
  await page.getByRole('radio', { name: 'Dark' }).check();
  const dark = await ground();
  assert.notEqual(dark, light);
  await page.reload();
  assert.equal(await ground(), dark);
}, { colorScheme: 'light' });

visit('runs under a strict policy: no text becomes a script, and no other worker starts', 'number', async (page, { takeErrors }) => {
  const { headers } = await fetch(demo.url);
  const policy = headers.get('content-security-policy');
  assert.match(policy, /script-src 'self' 'wasm-unsafe-eval';/);
  assert.doesNotMatch(policy, /unsafe-inline|unsafe-eval'(?<!wasm-unsafe-eval')|https?:/);
  assert.match(policy, /require-trusted-types-for 'script'; trusted-types outdial-demo$/);
  assert.deepEqual([headers.get('cross-origin-opener-policy'), headers.get('cross-origin-embedder-policy'), headers.get('x-content-type-options')], ['same-origin', 'require-corp', 'nosniff']);
  const refused = await page.evaluate(async () => {
    const tries = [
      () => { document.createElement('div').innerHTML = '<b>'; },
      () => new Worker('app.js'),
      () => globalThis.trustedTypes.createPolicy('another', {}),
      () => globalThis.eval('1'),
    ];
    // What a driver runs may evaluate; what a timer runs is the page's own.
    await new Promise((resolve) => { setTimeout(resolve, 0); });
    return tries.map((one) => {
      try {
        one();
        return 'ran';
      } catch {
        return 'refused';
      }
    });
  });
  assert.deepEqual(refused, ['refused', 'refused', 'refused', 'refused']);
  assert.equal(new Set(takeErrors()).size, 4, 'Chromium says of each that it was refused');
  assert.ok(await page.evaluate(() => globalThis.crossOriginIsolated));
});
