import assert from 'node:assert/strict';
import { openDemo, violationsIn } from '../js/support/demo.mjs';

const { visit } = await openDemo();

const field = (page) => page.locator('#number').getByLabel('Phone number', { exact: true });
const fact = (page, name) => page.locator('.facts div', { has: page.getByText(name, { exact: true }) }).locator('dd').innerText();
const rowOf = (page, what) => page.getByRole('row').filter({ hasText: what }).getByRole('cell').allInnerTexts();

visit('formats a number while it is typed, with its caret where it belongs', 'number', async (page) => {
  await field(page).fill('');
  await field(page).pressSequentially('4155552671');
  assert.equal(await field(page).inputValue(), '(415) 555-2671');
  assert.equal(await page.locator('.verdict').innerText(), 'Valid');
  await field(page).press('Home');
  for (let presses = 0; presses < 3; presses += 1) await field(page).press('ArrowRight');
  await field(page).press('Delete');
  assert.equal(await field(page).evaluate(({ value, selectionStart }) => value.slice(0, selectionStart).replace(/\D/g, '')), '41');
});

visit('says region, kind, length and four formats of a number, and how long it took', 'number', async (page) => {
  await page.getByLabel('Without + it is from').selectOption('GB');
  await field(page).fill('');
  await field(page).pressSequentially('02079460958');
  for (const [name, value] of [
    ['Region', 'United Kingdom'], ['Kind of line', 'fixed line'], ['Length', 'right length'], ['Calling code', '+44'],
    ['E.164', '+442079460958'], ['International', '+44 20 7946 0958'], ['National', '020 7946 0958'], ['Link (RFC 3966)', 'tel:+44-20-7946-0958'],
  ]) assert.equal(await fact(page, name), value, name);
  const time = page.locator('[data-part="time"]', { hasText: /^in [\d.]+ µs$/ });
  await time.waitFor();
  const microseconds = Number(/[\d.]+/.exec(await time.innerText())[0]);
  assert.ok(microseconds > 0.01 && microseconds < 5_000, `${microseconds} µs`);
});

visit('says why a number is refused, and waits while it grows', 'number', async (page) => {
  for (const [text, verdict, reason] of [
    ['', 'Nothing yet', /Type a number/],
    ['+', 'Go on', /./],
    ['+49 3', 'Go on', /./],
    ['+9198765xxxxx', 'Refused', /^Not a phone number/],
    ['+1 415 555 26711', 'Refused', /^Too long for a number in United States|^Too long/],
    ['+1 200 555 2671', 'Refused', /./],
    ['+442079460958', 'Valid', /fixed line number, United Kingdom/],
  ]) {
    await field(page).fill(text);
    assert.equal(await page.locator('.verdict').innerText(), verdict, text);
    assert.match(await page.locator('.reason').innerText(), reason, text);
  }
});

visit('shows the element of a form, and what the form gets of it', 'number', async (page) => {
  await page.getByText('The same as one element of a form').click();
  const element = page.getByRole('textbox', { name: 'Mobile number' });
  await page.getByRole('button', { name: 'Send' }).click();
  await page.locator('[data-part="element"] .done', { hasText: /\w/ }).waitFor();
  await element.pressSequentially('4155552671');
  assert.match(await page.getByRole('group', { name: 'The element as a page writes it' }).innerText(), /phone: '\+14155552671'/);
  await page.getByRole('button', { name: 'Send' }).click();
  await page.getByText('The form sends +14155552671.').waitFor();
  assert.deepEqual(await violationsIn(page), []);
  await page.setViewportSize({ width: 360, height: 800 });
  const [field, paper] = await Promise.all([element, page.locator('[data-part="element"]')].map((one) => one.boundingBox()));
  assert.ok(field.x + field.width < paper.x + paper.width - 8, 'the element sticks out');
});

visit('shows strict and lenient side by side on pasted trouble, and what createCall would do', 'number', async (page) => {
  assert.deepEqual(await rowOf(page, 'masked'), ['Not a phone number', '+919876599999, mobile', 'No: Not a phone number']);
  assert.deepEqual(await rowOf(page, 'FLOWERS'), ['Not a phone number', '+18003569377, toll-free', 'No: Not a phone number']);
  assert.deepEqual(await rowOf(page, 'satellite'), ['+870773111632, mobile', '+870773111632, mobile', 'No, by policy: no country']);
  assert.deepEqual(await rowOf(page, 'nothing wrong'), ['+442079460958, fixed line', '+442079460958, fixed line', 'Yes']);
  await page.getByRole('button', { name: '+9198765xxxxx' }).click();
  assert.equal(await field(page).inputValue(), '+9198765xxxxx');
  assert.equal(await page.locator('.verdict').innerText(), 'Refused');
  assert.ok(await field(page).evaluate((input) => input === document.activeElement));
});
