import assert from 'node:assert/strict';
import { FILL, openDemo } from '../js/support/demo.mjs';

const { visit } = await openDemo();

visit('measures both libraries in this browser and draws bars with their numbers', 'measure', async (page) => {
  const peers = [];
  page.context().on('request', (request) => request.url().includes('libphonenumber-js') && peers.push(request.url()));
  const atFirst = await page.evaluate(() => performance.getEntriesByType('resource').map(({ name }) => name));
  assert.ok(atFirst.length > 5 && !atFirst.some((name) => name.includes('libphonenumber-js')), 'the other library came with the page');
  await FILL.measure(page);
  assert.ok(peers.length > 0, 'the other library was not loaded');
  const tasks = page.locator('.bars section');
  assert.equal(await tasks.count(), 4);
  for (const text of await tasks.allInnerTexts()) {
    assert.match(text, /[\d.]+ × (?:outdial|libphonenumber-js\/max) is quicker/);
    assert.equal([...text.matchAll(/[\d.]+ (?:ns|µs)$/gm)].length, 2, text);
    const [, same, all] = /The same answer for ([\d,]+) of ([\d,]+) numbers/.exec(text).map((part) => Number(part.replaceAll(',', '')));
    assert.ok(all > 800 && same / all > 0.9, text);
  }
  const widths = await tasks.first().locator('.bar rect').evaluateAll((bars) => bars.map((bar) => bar.getBoundingClientRect().width));
  assert.ok(Math.min(...widths) < Math.max(...widths));
});
