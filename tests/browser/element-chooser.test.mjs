import assert from 'node:assert/strict';
import test from 'node:test';
import { openFields } from '../js/support/element.mjs';

const { open } = await openFields();

const LIMIT = { timeout: 60_000 };

/** Which part of which field has the focus. */
const focused = (page) => page.evaluate(() => [document.activeElement.id, document.activeElement.shadowRoot?.activeElement?.getAttribute('part')].filter(Boolean).join(' '));

/** The names that the open list offers, and the one that the enter key takes. */
async function offered(page, id = 'mobile') {
  await page.locator(`#${id}`).locator('[part=panel]:popover-open').waitFor();
  return page.locator(`#${id}`).evaluate(({ shadowRoot }) => {
    const names = [...shadowRoot.querySelectorAll('[role=option]')].map((option) => option.querySelector('[part=name]').textContent);
    const active = shadowRoot.getElementById(shadowRoot.querySelector('[part=search]').getAttribute('aria-activedescendant'));
    return { names, active: active?.querySelector('[part=name]').textContent };
  });
}

test('with the keyboard alone a country is found, chosen and a number entered', LIMIT, async (t) => {
  const { page, shown, heard } = await open(t);
  await page.keyboard.press('Tab');
  assert.equal(await focused(page), 'mobile country');
  await page.keyboard.press('Enter');
  assert.deepEqual([(await offered(page)).active, await focused(page)], ['United States', 'mobile search']);
  await page.keyboard.type('aus');
  assert.deepEqual(await offered(page), { names: ['Australia', 'Austria'], active: 'Australia' });
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  assert.deepEqual([await focused(page), (await shown('mobile')).region], ['mobile number', 'AT']);
  await page.keyboard.type('0664123456');
  assert.equal((await shown('mobile')).value, '+43664123456');
  assert.deepEqual((await heard()).slice(0, 2), [['input', 'mobile', ''], ['change', 'mobile', '']], 'what is searched for is no input of the form');
  await page.keyboard.press('Tab');
  assert.equal(await focused(page), 'office country');
  await page.keyboard.press('Shift+Tab');
  assert.equal(await focused(page), 'mobile number');
});

test('the list goes round, steps by pages, and closes by the escape key and by leaving it', LIMIT, async (t) => {
  const { page, shown } = await open(t);
  const list = page.locator('#mobile').locator('[part=panel]');
  await page.keyboard.press('Tab');
  await page.keyboard.press('ArrowDown');
  const { names } = await offered(page);
  assert.equal(names.length, 245);
  const at = async (key) => (await page.keyboard.press(key), names.indexOf((await offered(page)).active));
  const start = names.indexOf('United States');
  assert.deepEqual([await at('PageUp'), await at('PageDown'), await at('ArrowUp')], [start - 8, start, start - 1]);
  for (let page = 0; page < 3; page++) await at('PageDown');
  assert.deepEqual([await at('ArrowDown'), await at('ArrowUp')], [0, names.length - 1]);
  await page.keyboard.press('Escape');
  await list.waitFor({ state: 'hidden' });
  assert.deepEqual([await focused(page), (await shown('mobile')).region], ['mobile country', 'US']);
  await page.keyboard.press('Space');
  await offered(page);
  await page.keyboard.press('Tab');
  await list.waitFor({ state: 'hidden' });
  assert.equal(await focused(page), 'mobile number');
});

test('a country is found by name, in parts and without accents, by its code and by its calling code', LIMIT, async (t) => {
  const { page } = await open(t);
  await page.locator('#mobile').locator('[part=country]').click();
  const search = page.locator('#mobile').locator('[part=search]');
  for (const [query, first, count] of [['cote', 'Côte d’Ivoire', 1], ['kingdom', 'United Kingdom', 1], ['US', 'United States'], ['de', 'Germany'], ['+44', 'United Kingdom', 4], ['0049', 'Germany', 1], ['1', 'United States'], ['q!', undefined, 0]]) {
    await search.fill(query);
    const { names, active } = await offered(page);
    assert.deepEqual([names[0], active], [first, first], query);
    if (count !== undefined) assert.equal(names.length, count, query);
  }
  assert.equal(await page.locator('#mobile').locator('[part=status]').innerText(), '0 results');
});

test('a click chooses, and gives the number that stands there its new calling code', LIMIT, async (t) => {
  const { page, shown, focus } = await open(t);
  await focus('mobile');
  await page.keyboard.type('+4420794609');
  await page.locator('#mobile').locator('[part=country]').click();
  await page.locator('#mobile').getByRole('option', { name: 'France' }).click();
  assert.deepEqual(await shown('mobile'), { shown: '+33 2 07 94 60 9|', value: '', region: 'FR', problem: 'Too short for a number in France' });
});

test('a click on the label goes to the number, also from around the element, and never shuts the list', LIMIT, async (t) => {
  const { page } = await open(t);
  await page.getByText('Mobile number').click();
  assert.equal(await focused(page), 'mobile number');
  await page.getByText('Office').click();
  assert.equal(await focused(page), 'office number');
  await page.locator('#office').locator('[part=country]').click();
  await offered(page, 'office');
  await page.locator('#office').locator('[part=country]').click();
  await page.locator('#office').locator('[part=panel]').waitFor({ state: 'hidden' });
});

test('countries are named in the language of the user, or of the element, and only those that are accepted', LIMIT, async (t) => {
  const { page, element } = await open(t, { locale: 'de-DE' });
  await page.locator('#limited').locator('[part=country]').click();
  assert.deepEqual((await offered(page, 'limited')).names, ['Deutschland', 'Österreich']);
  await page.keyboard.press('Escape');
  await element('limited', (field) => (field.lang = 'no_language'));
  await page.locator('#limited').locator('[part=country]').click();
  assert.deepEqual((await offered(page, 'limited')).names, ['Deutschland', 'Österreich']);
  await page.keyboard.press('Escape');
  await element('limited', (field) => (field.lang = 'ja'));
  await page.locator('#limited').locator('[part=country]').click();
  assert.deepEqual((await offered(page, 'limited')).names.sort(), ['オーストリア', 'ドイツ'].sort());
});

test('a list near the lower edge opens upwards and stays inside the page', LIMIT, async (t) => {
  const { page } = await open(t, { viewport: { width: 320, height: 480 } });
  const field = page.locator('#limited');
  await field.locator('[part=country]').click();
  await offered(page, 'limited');
  const [panel, button] = [await field.locator('[part=panel]').boundingBox(), await field.locator('[part=country]').boundingBox()];
  assert.ok(panel.y + panel.height <= button.y, `${panel.y} + ${panel.height} is not above ${button.y}`);
  assert.ok(panel.x >= 0 && panel.x + panel.width <= 320, `${panel.x} + ${panel.width}`);
});
