import assert from 'node:assert/strict';
import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import test from 'node:test';
import { pkg, target } from '../../pkg/tools/paths.mjs';
import { openPage } from '../js/support/chromium.mjs';
import { openFields } from '../js/support/element.mjs';

const axe = readFileSync(createRequire(join(pkg, 'package.json')).resolve('axe-core/axe.min.js'), 'utf8');
const { browser, open, url } = await openFields();

const LIMIT = { timeout: 60_000 };
const openList = async (page, id) => {
  await page.locator(`#${id}`).locator('[part=country]').click();
  await page.locator(`#${id}`).locator('[part=panel]:popover-open').waitFor();
};

/** What axe-core finds wrong; the tool is brought by the debugger, since the page's own policy forbids it. */
async function violations(page) {
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => globalThis.axe.run());
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
}

for (const colorScheme of ['light', 'dark']) {
  for (const width of [360, 1440]) {
    test(`axe-core finds nothing at ${width} px in ${colorScheme} colours: at rest, with the list open, with a number that is none`, LIMIT, async (t) => {
      const { page, focus, takeErrors } = await open(t, { viewport: { width, height: 800 }, colorScheme });
      mkdirSync(join(target, 'screenshots'), { recursive: true });
      const look = async (state) => {
        assert.deepEqual(await violations(page), [], state);
        await page.screenshot({ path: join(target, 'screenshots', `element-${state}-${width}-${colorScheme}.png`) });
      };
      await look('rest');
      await openList(page, 'mobile');
      await look('list');
      await page.keyboard.type('united');
      await look('search');
      await page.keyboard.press('Escape');
      await focus('mobile');
      await page.keyboard.type('415');
      await page.getByRole('button', { name: 'Send' }).click();
      await look('problem');
      assert.deepEqual(takeErrors(), []);
    });
  }
}

test('a screen reader is told the name, the description, the country and, once it is time, the reason', LIMIT, async (t) => {
  const { page, focus } = await open(t);
  const field = (name) => page.getByRole('textbox', { name, exact: true });
  await field('Mobile number').focus();
  // The letters where they stand in place of the flag.
  assert.match(await page.locator('#mobile').locator('[part=country]').getAttribute('aria-label'), /^Country: United States, (US )?\+1$/);
  await field('Office').focus();
  assert.equal(await field('Limited').evaluate((input) => input.ariaDescribedByElements.map(({ id }) => id).join(' ')), 'reason hint');
  await focus('mobile');
  await page.keyboard.type('415');
  const told = () => page.locator('#mobile').evaluate(({ shadowRoot }) => [shadowRoot.querySelector('[part=number]').ariaInvalid, shadowRoot.getElementById('reason').textContent]);
  assert.deepEqual(await told(), [null, ''], 'while it is typed');
  await page.keyboard.press('Tab');
  assert.deepEqual(await told(), ['true', 'Too short for a number in United States']);
  await focus('mobile');
  await page.keyboard.press('End');
  await page.keyboard.type('5552671');
  assert.deepEqual(await told(), [null, '']);
});

test('in a page from right to left the number stays from left to right, and the rest turns', LIMIT, async (t) => {
  const { page, focus, shown } = await open(t, { locale: 'ar' });
  await page.evaluate(() => (document.documentElement.dir = 'rtl'));
  const [button, number] = [await page.locator('#mobile').locator('[part=country]').boundingBox(), await page.locator('#mobile').locator('[part=number]').boundingBox()];
  assert.ok(button.x > number.x, 'the country stands at the right');
  await focus('mobile');
  await page.keyboard.type('+9665012345');
  assert.equal((await shown('mobile')).shown, '+966 50 123 45|');
  assert.deepEqual(await page.locator('#mobile').locator('[part=number]').evaluate((input) => [getComputedStyle(input).direction, getComputedStyle(input).textAlign]), ['ltr', 'right']);
  await openList(page, 'mobile');
  mkdirSync(join(target, 'screenshots'), { recursive: true });
  await page.screenshot({ path: join(target, 'screenshots', 'element-rtl.png') });
  const { right } = await page.locator('#mobile').evaluate((field) => field.shadowRoot.querySelector('[part=panel]').getBoundingClientRect().toJSON());
  assert.ok(Math.abs(right - (button.x + button.width)) < 4, 'the list stands below the right edge');
});

test('until the module is there it is a plain field, whose text is sent as it is, and then it is read', LIMIT, async (t) => {
  const context = await browser.newContext();
  t.after(() => context.close());
  let bring;
  const brought = new Promise((resolve) => (bring = resolve));
  await context.route('**/phone.wasm', async (route) => {
    await brought;
    await route.continue();
  });
  const { page } = await openPage(context, url);
  const number = page.locator('#mobile').locator('[part=number]');
  await number.focus();
  await page.keyboard.type('415x5552671');
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('Enter');
  assert.equal(JSON.parse(await page.locator('output').innerText()).mobile, '415x5552671');
  assert.equal(await page.locator('#mobile').locator('[part=country]').isVisible(), false);
  for (let key = 0; key < 7; key++) await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('Delete');
  await page.keyboard.press('Backspace');
  await page.keyboard.type('5');
  bring();
  await page.locator('#mobile').locator('[part=country]').waitFor();
  assert.deepEqual(await page.locator('#mobile').evaluate((field) => [field.text, field.shadowRoot.querySelector('[part=number]').selectionStart, field.shadowRoot.activeElement.part[0]]), ['(415) 555-2671', 4, 'number']);
});

test('a module that cannot be had leaves a plain field, and is asked for again', LIMIT, async (t) => {
  const context = await browser.newContext();
  t.after(() => context.close());
  let asked = 0;
  await context.route('**/phone.wasm', (route) => (++asked === 1 ? route.abort() : route.continue()));
  const { page, takeErrors } = await openPage(context, url);
  await page.locator('#mobile').locator('[part=number]').waitFor();
  await page.waitForFunction(() => performance.getEntriesByName(new URL('/outdial/dist/phone.wasm', location).href).length > 0);
  await page.locator('#mobile').locator('[part=number]').focus();
  await page.locator('#mobile').locator('[part=country]').waitFor();
  assert.deepEqual([asked, takeErrors()], [2, []]);
});

test('without popovers the country follows what is typed, and everything else is as it was', LIMIT, async (t) => {
  const context = await browser.newContext();
  t.after(() => context.close());
  await context.addInitScript(() => delete HTMLElement.prototype.popover);
  const { page, takeErrors } = await openPage(context, url);
  await page.waitForFunction(() => document.getElementById('office').text === '020 7946 0958');
  await page.locator('#any').locator('[part=number]').pressSequentially('+4930123456');
  assert.deepEqual(await page.locator('#any').evaluate((field) => [field.value, field.region]), ['+4930123456', 'DE']);
  assert.deepEqual(takeErrors(), []);
});

test('attributes that name no region or type are reported, and the field reads on without them', LIMIT, async (t) => {
  const { page, takeErrors, element } = await open(t);
  await element('any', (field) => {
    field.types = ['carrier pigeon'];
    field.value = '+14155552671';
  });
  assert.match(takeErrors().join(), /types\[0\] "carrier" is not known/);
  assert.equal(await element('any', (field) => field.value), '+14155552671');
  await page.evaluate(() => document.getElementById('any').setAttribute('region', 'Germany'));
  assert.match(takeErrors().join(), /region "Germany" is not known/);
});

test('a word of a list that names nothing leaves the others in force', LIMIT, async (t) => {
  const { page, takeErrors, element } = await open(t);
  await page.evaluate(() => document.getElementById('any').setAttribute('types', 'mobile fixedline'));
  const seen = await element('any', (field) => ['+19002345678', '+4915123456789'].map((value) => {
    field.value = value;
    return field.validity.valid;
  }));
  assert.deepEqual(seen, [false, true]);
  assert.match(takeErrors().join(), /"fixedline" is not known/);
});

test('a field that is taken away while its list is open comes back with its list shut', LIMIT, async (t) => {
  const { page, takeErrors } = await open(t);
  await openList(page, 'mobile');
  const expanded = await page.locator('#mobile').evaluate((field) => {
    const parent = field.parentElement;
    const button = () => field.shadowRoot.querySelector('[part=country]').getAttribute('aria-expanded');
    const before = button();
    field.remove();
    parent.append(field);
    return [before, button()];
  });
  assert.deepEqual(expanded, ['true', 'false']);
  await openList(page, 'mobile');
  assert.deepEqual(takeErrors(), []);
});

test('what was set on an element before it was defined is taken over', LIMIT, async (t) => {
  const { page } = await open(t);
  const seen = await page.evaluate(() => {
    const late = document.createElement('div');
    const field = document.createElement('outdial-phone');
    late.append(field);
    // As a framework leaves it that ran first.
    const twin = class extends customElements.get('outdial-phone') {};
    const raw = document.createElement('outdial-late');
    raw.region = 'GB';
    raw.value = '+442079460958';
    raw.types = ['fixed_line'];
    customElements.define('outdial-late', twin);
    document.body.append(raw);
    customElements.upgrade(raw);
    return [raw.text, raw.getAttribute('region'), raw.getAttribute('types'), raw.type, field.matches(':defined')];
  });
  assert.deepEqual(seen, ['020 7946 0958', 'GB', 'fixed_line', 'outdial-late', true]);
});

test('value and region show the same in whatever order they are given', LIMIT, async (t) => {
  const { page } = await open(t);
  assert.deepEqual(await page.evaluate(() => [['region', 'value'], ['value', 'region']].flatMap((names) => {
    const given = { region: 'GB', value: '+442079460958' };
    const [attributes, properties] = [document.createElement('outdial-phone'), document.createElement('outdial-phone')];
    for (const name of names) {
      attributes.setAttribute(name, given[name]);
      properties[name] = given[name];
    }
    return [attributes.text, properties.text];
  })), Array(4).fill('020 7946 0958'));
});

test('a page styles it by its properties and parts', LIMIT, async (t) => {
  const { page } = await open(t);
  await page.evaluate(() => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync('#mobile { --outdial-phone-background: rgb(1, 2, 3); } #mobile::part(number) { letter-spacing: 3px; } #mobile:invalid::part(reason) { display: block; }');
    document.adoptedStyleSheets = [sheet];
  });
  assert.deepEqual(await page.locator('#mobile').evaluate(({ shadowRoot }) => {
    const style = (part) => getComputedStyle(shadowRoot.querySelector(`[part=${part}]`));
    return [style('field').backgroundColor, style('number').letterSpacing, style('reason').display];
  }), ['rgb(1, 2, 3)', '3px', 'block']);
});
