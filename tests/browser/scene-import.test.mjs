import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { openDemo } from '../js/support/demo.mjs';

const { visit } = await openDemo();

const check = (page) => page.getByRole('button', { name: 'Check the list' });
const send = (page) => page.getByRole('button', { name: /^Send / });
// Within the mapping, which is there only once the file was looked into: other scenes have fields of the same names.
const column = (page, title) => page.locator('[data-part="columns"]').getByLabel(title).inputValue();
const legend = async (page) => Object.fromEntries((await page.locator('.legend li').allInnerTexts()).map((line) => line.split(/\n+/).slice(0, 2)));
const gauge = async (page, name) => page.locator('.gauges div', { has: page.getByText(name, { exact: true }) }).locator('dd').innerText();

async function resultOf(page) {
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: 'Download the result' }).click()]);
  return (await readFile(await download.path(), 'utf8')).trim().split('\r\n').map((line) => line.split(','));
}

const LIST = [
  'Vorname;Telefon;E-Mail',
  'Ada;+14155552671;ada@example.com',
  'Grace;+9198765xxxxx;grace@example.com',
  'Alan;+44 20 7946 0958;alan@example.com',
  'Barbara;+870 773 111 632;barbara@example.com',
  'Ken;;ken@example.com',
  'Radia;+1 900 234 5678;radia@example.com',
].join('\r\n');

async function drop(page, name, text) {
  const data = await page.evaluateHandle(([fileName, content]) => {
    const transfer = new DataTransfer();
    transfer.items.add(new File([content], fileName, { type: 'text/csv' }));
    return transfer;
  }, [name, text]);
  for (const type of ['dragover', 'drop']) await page.dispatchEvent('[data-part="drop"]', type, { dataTransfer: data });
}

visit('takes a file that is dropped, guesses its columns, checks and sends it, and gives the result as a file', 'import', async (page) => {
  await drop(page, 'list.csv', LIST);
  assert.deepEqual([await column(page, 'Phone number'), await column(page, 'First name'), await column(page, 'E-mail')], ['Telefon', 'Vorname', 'E-Mail']);
  await check(page).click();
  await page.getByText(/^Checked in/).waitFor();
  assert.deepEqual(await legend(page), { valid: '2', 'not a number: masked, letters': '1', 'no number': '1', 'refused by policy: no country': '1', 'refused by policy: premium rate': '1' });
  await page.getByRole('heading', { name: '6 rows: 2 valid, 2 invalid, 2 refused' }).waitFor();
  await send(page).click();
  await page.getByText('Done: 2 contacts created').waitFor();
  assert.deepEqual([await gauge(page, 'Created'), await gauge(page, 'Left out')], ['2', '4']);
  const [head, ...rows] = await resultOf(page);
  assert.deepEqual(head, ['line', 'phone', 'outcome', 'id', 'reason']);
  const outcomes = Object.fromEntries(rows.map(([line, , outcome]) => [line, outcome]));
  assert.deepEqual(outcomes, { 2: 'created', 3: 'invalid', 4: 'created', 5: 'refused', 6: 'invalid', 7: 'refused' });
  assert.match(rows.find(([line]) => line === '2')[3], /^[\da-f-]{36}$/);
});

visit('reads a list whose first line names its separator, as Excel writes it', 'import', async (page) => {
  await drop(page, 'list.csv', `sep=|\r\n${LIST.replaceAll(';', '|')}`);
  assert.deepEqual([await column(page, 'Phone number'), await column(page, 'First name')], ['Telefon', 'Vorname']);
  await check(page).click();
  await page.getByRole('heading', { name: '6 rows: 2 valid, 2 invalid, 2 refused' }).waitFor();
});

visit('shows what the newest list holds, also where another was still being checked', 'import', async (page) => {
  await page.getByRole('button', { name: '100,000 rows' }).click();
  await check(page).click();
  await page.getByText('Checking …').waitFor();
  await drop(page, 'list.csv', LIST);
  await page.getByText(/^list\.csv, /).waitFor();
  // A check says how far it is every 150 ms.
  await page.waitForTimeout(400);
  assert.ok(await page.getByText('Checking …').isHidden(), 'the check of the list before is shown');
  await check(page).click();
  await page.getByText(/^Checked in/).waitFor();
  assert.ok(await page.getByRole('heading', { name: '6 rows: 2 valid, 2 invalid, 2 refused' }).isVisible());
  await send(page).click();
  await page.getByText('Done: 2 contacts created').waitFor();
});

visit('takes no other list while one is sent, and says so', 'import', async (page) => {
  await page.getByRole('button', { name: '10,000 rows' }).click();
  await check(page).click();
  await send(page).click();
  await drop(page, 'list.csv', LIST);
  await page.getByText(/^sample-10000\.csv is being sent: cancel that first/).waitFor();
  await page.getByRole('button', { name: 'Cancel' }).click();
  await page.getByText(/^Cancelled: /).waitFor();
  await drop(page, 'list.csv', LIST);
  await page.getByText(/^list\.csv, /).waitFor();
});

visit('says what is wrong with a file that has no columns', 'import', async (page) => {
  await drop(page, 'empty.csv', '');
  await page.getByText('empty.csv is empty').waitFor();
  assert.ok(await check(page).isHidden());
});

visit('pauses, goes on and is cancelled, and says what was done by then', 'import', async (page) => {
  await page.getByRole('button', { name: '10,000 rows' }).click();
  await check(page).click();
  await send(page).click();
  await page.getByRole('button', { name: 'Pause' }).click();
  await page.waitForTimeout(400);
  const paused = await gauge(page, 'Created');
  await page.waitForTimeout(400);
  assert.equal(await gauge(page, 'Created'), paused, 'it went on while it was paused');
  await page.getByRole('button', { name: 'Go on' }).click();
  await page.locator('.gauges dd').first().filter({ hasNotText: new RegExp(`^${paused}$`) }).waitFor();
  await page.getByRole('button', { name: 'Cancel' }).click();
  await page.getByText(/^Cancelled: /).waitFor();
  const created = Number((await gauge(page, 'Created')).replaceAll(',', ''));
  const rows = await resultOf(page);
  assert.equal(rows.filter(([, , outcome]) => outcome === 'created').length, created);
  assert.ok(created > 0 && created < 9_000, `${created} created`);
});
