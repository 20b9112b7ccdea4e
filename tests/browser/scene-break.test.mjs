import assert from 'node:assert/strict';
import { openDemo } from '../js/support/demo.mjs';

const { visit } = await openDemo();

async function breakWith(page, titles, platform = 'Truedy') {
  await page.locator('#break').getByRole('radio', { name: platform }).check();
  for (const toggle of await page.getByRole('switch').all()) await toggle.uncheck();
  for (const title of titles) await page.getByRole('switch', { name: title }).check();
  await page.getByRole('button', { name: 'Place the call' }).click();
  await page.getByText(/^Done\./).waitFor();
}

const rung = (page) => page.locator('.ring b').allInnerTexts();
const ledger = (page, title) => page.locator('.ledger', { has: page.getByRole('heading', { name: title, exact: true }) });

visit('rings one phone where a plain loop rings two, when an answer is lost', 'break', async (page) => {
  await breakWith(page, ['The answer is lost']);
  assert.deepEqual(await rung(page), ['1', '2']);
  const [first, second] = await ledger(page, 'outdial').locator('li').allInnerTexts();
  assert.match(first, /connection lost\. The phone rang\. Key ([\da-f]{8})…/);
  assert.match(second, /: 201\. Key/);
  assert.equal(/Key (\w+)/.exec(first)[1], /Key (\w+)/.exec(second)[1], 'the second attempt has another key');
  assert.equal(await page.locator('.picture rect.attempt').count(), 4);
  assert.equal(await page.locator('.picture .rang').count(), 3);
  assert.equal(await page.locator('.picture .backoff').count(), 2);
});

visit('says that the outcome is unknown after three failures, and settles it under the same key', 'break', async (page) => {
  await breakWith(page, ['The answer is lost', '503, and it dialled', 'Half an answer']);
  assert.deepEqual(await rung(page), ['1', '3']);
  assert.match(await ledger(page, 'outdial').innerText(), /outcome_unknown: Nobody knows whether the phone rang/);
  await page.getByRole('button', { name: 'Ask again under its key' }).click();
  await ledger(page, 'outdial').getByText('The call is placed: queued.').waitFor();
  assert.deepEqual(await rung(page), ['1', '3']);
  assert.match((await ledger(page, 'outdial').locator('li').allInnerTexts()).at(-1), /^Asked again, .*: 201/);
});

visit('waits as long as a platform asks, and rings once', 'break', async (page) => {
  await breakWith(page, ['429, too many requests']);
  assert.deepEqual(await rung(page), ['1', '1']);
  const [first, second] = await ledger(page, 'outdial').locator('li').allInnerTexts();
  assert.match(first, /: 429\./);
  const starts = [first, second].map((line) => Number(/(\d+) ms to/.exec(line)[1]));
  assert.ok(starts[1] - starts[0] >= 1_000, `asked again after ${starts[1] - starts[0]} ms`);
});

for (const platform of ['Thoughtly', 'Kore.ai']) {
  visit(`asks ${platform}, which honours no keys, once`, 'break', async (page) => {
    await breakWith(page, ['The answer is lost'], platform);
    assert.deepEqual(await rung(page), ['1', '2']);
    assert.equal(await ledger(page, 'outdial').locator('li').count(), 1);
    await ledger(page, 'outdial').getByText(`${platform} does not promise one call per key`).waitFor();
  });
}

visit('rings once each when nothing goes wrong', 'break', async (page) => {
  await breakWith(page, []);
  assert.deepEqual(await rung(page), ['1', '1']);
});
