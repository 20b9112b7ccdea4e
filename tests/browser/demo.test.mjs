import assert from 'node:assert/strict';
import test, { after } from 'node:test';
import { launchChromium, openPage } from '../js/support/chromium.mjs';
import { openSite } from '../js/support/site.mjs';

const site = await openSite();
after(site.close);
const browser = await launchChromium();
after(() => browser.close());

/** A test of the demo page, opened afresh; in the end nothing may have gone wrong in it. */
function visit(name, scenario, { width = 1440, ...settings } = {}) {
  test(name, { timeout: 60_000 }, async (t) => {
    const context = await browser.newContext({ viewport: { width, height: 900 }, reducedMotion: 'reduce', ...settings });
    t.after(() => context.close());
    await context.addInitScript(rememberRequests);
    const { page, takeErrors } = await openPage(context, site.env.siteUrl);
    await page.getByText(/^Core ready/).waitFor();
    await scenario(page);
    assert.deepEqual(takeErrors(), [], 'the page reported errors');
  });
}

// The requests that the package makes of an address, so that a test knows how many there were and the key which the page
// must not show. The sandbox makes others of them, and the package tries an address without headers first.
function rememberRequests() {
  const requests = [];
  globalThis.Request = class extends Request {
    constructor(input, init) {
      super(input, init);
      if (typeof input === 'string') requests.push(this);
    }
  };
  globalThis.requestsMade = () => requests.map(({ url, headers }) => ({ url, authorization: headers.get('authorization') }));
}

async function requestsTo(page, path) {
  const requests = await page.evaluate(() => globalThis.requestsMade());
  return requests.filter(({ url, authorization }) => authorization && url === `https://api.truedy.ai/api/public/v1${path}`);
}

const contact = (page) => page.getByRole('region', { name: 'Contact', exact: true });
const call = (page) => page.getByRole('region', { name: 'Call', exact: true });
const pane = (section, name) => section.getByRole('group', { name, exact: true });
const createContact = (page) => contact(page).getByRole('button', { name: 'Create contact' });
const placeCall = (page) => call(page).getByRole('button', { name: 'Place call' });
const lives = (page) => page.getByRole('region', { name: 'Life of the call' }).locator('.life');

async function textOf(locator, pattern) {
  await locator.filter({ hasText: pattern }).waitFor();
  return locator.innerText();
}

async function bodyOf(locator) {
  const text = await textOf(locator, '}');
  return JSON.parse(text.slice(text.indexOf('{')));
}

/** What a field is told to be wrong, as assistive technology finds it. */
async function problemOf(field) {
  assert.equal(await field.getAttribute('aria-invalid'), 'true');
  const ids = (await field.getAttribute('aria-describedby')).split(' ');
  return field.page().locator(`#${ids[0]}`).innerText();
}

visit('creates a contact and shows the request, the answer and the object', async (page) => {
  await contact(page).getByLabel('Phone number').fill('+442079460000');
  await contact(page).getByLabel('First name').fill('Grace');
  await createContact(page).click();
  await contact(page).getByText('The contact is created.').waitFor();

  const request = await pane(contact(page), 'The request on the wire').innerText();
  assert.match(request, /^POST https:\/\/api\.truedy\.ai\/api\/public\/v1\/contacts\n/);
  assert.match(request, /content-type: application\/json/);
  assert.deepEqual(await bodyOf(pane(contact(page), 'The request on the wire')), {
    phone_number: '+442079460000', first_name: 'Grace', last_name: 'Example', email: 'ada@example.com', custom_fields: { plan: 'pro' },
  });
  await contact(page).getByText('201 Created').waitFor();
  const { data } = await bodyOf(pane(contact(page), 'The answer'));
  assert.equal(data.first_name, 'Grace');
  const result = await pane(contact(page), 'What you get').innerText();
  assert.ok(result.includes(`id: '${data.id}'`), result);
  assert.match(result, /phoneNumber: '\+442079460000'/);
});

visit('hides the key wherever the page shows something', async (page) => {
  await createContact(page).click();
  await contact(page).getByText('The contact is created.').waitFor();
  await placeCall(page).click();
  await call(page).getByText('The call is placed.').waitFor();

  const sent = [...await requestsTo(page, '/contacts'), ...await requestsTo(page, '/calls')];
  assert.equal(sent.length, 2);
  const keys = new Set(sent.map(({ authorization }) => authorization.replace(/^Bearer /, '')));
  assert.equal(keys.size, 1);
  const [key] = keys;
  assert.match(key, /^truedy_demo_\w{32}$/);
  const everything = await page.evaluate(() => {
    const values = Array.from(document.querySelectorAll('input, select'), (field) => field.value);
    return [document.documentElement.outerHTML, ...values, JSON.stringify(localStorage), document.cookie, location.href].join('\n');
  });
  assert.ok(!everything.includes(key.slice('truedy_demo_'.length)), 'the key stands in the page');
  for (const section of [contact(page), call(page)]) {
    const request = await pane(section, 'The request on the wire').innerText();
    assert.ok(request.includes(`authorization: Bearer ••••••••${key.slice(-4)}\n`), request);
  }
});

visit('sends nothing to any network', async (page) => {
  const origins = new Set();
  page.on('request', (request) => origins.add(new URL(request.url()).origin));
  await page.reload();
  await page.getByText(/^Core ready/).waitFor();
  await createContact(page).click();
  await contact(page).getByText('The contact is created.').waitFor();
  assert.deepEqual([...origins], [new URL(site.env.siteUrl).origin]);
});

visit('says what is wrong beside each field, and moves to the first', async (page) => {
  await contact(page).getByRole('button', { name: 'With mistakes' }).click();
  await createContact(page).click();
  const phone = contact(page).getByLabel('Phone number');
  await contact(page).getByRole('heading', { name: 'Nothing was sent' }).waitFor();

  assert.ok(await phone.evaluate((field) => field === document.activeElement), 'the first wrong field has no focus');
  assert.match(await problemOf(phone), /not a phone number|too short|area code/i);
  assert.match(await problemOf(contact(page).getByLabel('First name')), /100 characters/);
  assert.match(await problemOf(contact(page).getByLabel('E-mail')), /e-mail address/);
  assert.equal(await contact(page).getByLabel('Last name').getAttribute('aria-invalid'), null);
  assert.equal(await pane(contact(page), 'The request on the wire').innerText(), 'Nothing was sent.');
  assert.match(await pane(contact(page), 'What you get').innerText(), /^OutdialError \{\n {2}code: 'invalid_input'/);

  await contact(page).getByRole('link', { name: /^E-mail/ }).click();
  assert.ok(await contact(page).getByLabel('E-mail').evaluate((field) => field === document.activeElement));
  await contact(page).getByLabel('E-mail').fill('ada@example.com');
  assert.equal(await contact(page).getByLabel('E-mail').getAttribute('aria-invalid'), null);
});

visit('opens the settings where one of them is wrong', async (page) => {
  await call(page).getByText('Settings of this call').click();
  const longest = call(page).getByLabel('Longest talk, in seconds');
  await longest.fill('0');
  await call(page).getByText('Settings of this call').click();
  await longest.waitFor({ state: 'hidden' });
  await placeCall(page).click();
  await longest.waitFor();
  assert.match(await problemOf(longest), /from 1 to/);
  await longest.fill('600');
  await placeCall(page).click();
  await call(page).getByText('The call is placed.').waitFor();
  assert.equal((await bodyOf(pane(call(page), 'The request on the wire'))).call_settings.max_duration, '600s');
});

visit('follows a call until it is completed', async (page) => {
  await page.getByRole('radio', { name: '1×' }).check();
  await placeCall(page).click();
  await call(page).getByText('The call is placed.').waitFor();
  assert.match(await pane(call(page), 'The request on the wire').innerText(), /x-idempotency-key: [\da-f-]{36}\n/);
  const next = page.getByRole('button', { name: 'Next step' });
  while (await next.isEnabled()) await next.click();
  const steps = await lives(page).locator('.rail li').allInnerTexts();
  assert.deepEqual(steps.map((step) => step.split(/\n+/)), [
    ['queued', '0.0 s'], ['ringing', '1.0 s'], ['in progress', '5.0 s'], ['completed', '65 s'],
  ]);
  assert.match(await lives(page).locator('[aria-current="step"]').innerText(), /^completed/);
  await page.getByRole('status').filter({ hasText: 'The call to +14155550123 is completed.' }).waitFor();
  assert.match(await lives(page).innerText(), /60 s on the line; \$0\.125/);
  assert.ok(await next.isDisabled(), 'there is a next step after the end');
});

const ENDINGS = [
  ['0480', 'no answer', ['queued', 'ringing']],
  ['0486', 'busy', ['queued', 'ringing']],
  ['0860', 'voicemail', ['queued', 'ringing', 'in progress']],
  ['0404', 'failed', ['queued']],
  ['0503', 'failed', []],
];

for (const [digits, ending, passed] of ENDINGS) {
  visit(`plays a call to …${digits} by itself until it ends: ${ending}`, async (page) => {
    await page.getByRole('radio', { name: '60×' }).check();
    await call(page).getByRole('button', { name: digits }).click();
    await placeCall(page).click();
    await lives(page).locator('.badge', { hasText: ending }).waitFor();
    assert.deepEqual(await lives(page).locator('[data-state="passed"] .step').allInnerTexts(), passed);
  });
}

visit('says that nobody knows the outcome, after asking again under its key', async (page) => {
  await call(page).getByRole('button', { name: '0502' }).click();
  await placeCall(page).click();
  const summary = call(page).getByRole('group', { name: 'What went wrong' });
  const words = await textOf(summary, 'Nobody knows whether the phone rang');
  assert.ok(await summary.evaluate((box) => box === document.activeElement), 'the summary has no focus');
  const [, key] = /x-idempotency-key: (\S+)/.exec(await pane(call(page), 'The request on the wire').innerText());
  assert.ok(words.includes(key), 'the key of the attempt is missing');
  assert.match(words, /outcome_unknown/);
  assert.equal((await requestsTo(page, '/calls')).length, 3, 'it is asked for again twice, under its key');
  assert.equal(await lives(page).count(), 0);
});

for (const [digits, title] of [['0402', 'The account cannot pay for this call'], ['0422', 'The platform refused the request']]) {
  visit(`says why a call to …${digits} was refused`, async (page) => {
    await call(page).getByRole('button', { name: digits }).click();
    await placeCall(page).click();
    await call(page).getByRole('heading', { name: title }).waitFor();
    await call(page).getByText(new RegExp(`^${digits.slice(1)} `)).waitFor();
  });
}

visit('places one call when the button is pressed twice', async (page) => {
  await placeCall(page).dblclick();
  await call(page).getByText('The call is placed.').waitFor();
  assert.equal((await requestsTo(page, '/calls')).length, 1);
  assert.equal(await lives(page).count(), 1);
});

visit('takes the number of a new contact over into the call', async (page) => {
  assert.ok(await contact(page).getByRole('button', { name: 'Call this contact' }).isHidden());
  await contact(page).getByLabel('Phone number').fill('+442079460000');
  await createContact(page).click();
  await contact(page).getByRole('button', { name: 'Call this contact' }).click();
  assert.equal(await call(page).getByLabel('Phone number').inputValue(), '+442079460000');
});

visit('says of a number, as it is typed, whether it has the shape of E.164', async (page) => {
  const scene = page.getByRole('region', { name: 'Type a number' });
  const field = scene.getByLabel('Phone number', { exact: true });
  for (const [text, note, verdict] of [
    ['', 'Start with +', 'Nothing yet'],
    ['+', 'digits follow', 'Go on'],
    ['+4', 'digits follow', 'Go on'],
    ['+442079460000', 'Has the shape', 'Yes'],
    ['+9198765xxxxx', 'masked', 'No'],
    ['1-800-FLOWERS', 'Letters are not digits', 'No'],
    ['4155552671', 'without +', 'No'],
    ['+0123', 'No country code starts with 0', 'No'],
    ['+1 415 555 2671', 'Spaces and punctuation', 'No'],
    ['+1234567890123456', 'longer than 15 digits', 'No'],
    ['+١٢٣٤٥', 'not the ASCII digits', 'No'],
    ['+14155552671\u200b', 'invisible', 'No'],
  ]) {
    await field.fill('');
    await field.pressSequentially(text);
    assert.equal(await scene.locator('.verdict').innerText(), verdict, text);
    assert.ok((await scene.locator('.phone-note').innerText()).includes(note), `${text}: ${await scene.locator('.phone-note').innerText()}`);
    assert.match(await scene.locator('pre').innerText(), new RegExp(`// ${verdict === 'Yes'}$`));
  }
});

visit('can be used with the keyboard alone, and shows where it is', async (page) => {
  const focused = () => page.evaluate(() => {
    const { outlineStyle, outlineWidth } = getComputedStyle(document.activeElement);
    return { id: document.activeElement.id, text: document.activeElement.textContent, outline: `${outlineStyle} ${outlineWidth}` };
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
  await page.keyboard.press('Tab');
  assert.equal((await focused()).text, 'Skip to the scenes');
  await page.keyboard.press('Enter');
  await tabTo(({ id }) => id === 'contact-phoneNumber');
  await page.keyboard.press('Control+A');
  await page.keyboard.type('+442079460000');
  await tabTo(({ text }) => text === 'Create contact');
  await page.keyboard.press('Enter');
  await contact(page).getByText('The contact is created.').waitFor();
  assert.equal((await focused()).text, 'Create contact');
  await tabTo(({ text }) => text === 'Place call');
  await page.keyboard.press('Space');
  await call(page).getByText('The call is placed.').waitFor();
});

visit('remembers the colours that were chosen', async (page) => {
  const ground = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const light = await ground();
  await page.getByRole('radio', { name: 'Dark' }).check();
  const dark = await ground();
  assert.notEqual(dark, light);
  await page.reload();
  assert.equal(await ground(), dark);
  await page.getByText(/^Core ready/).waitFor();
}, { colorScheme: 'light' });

for (const width of [360, 768, 1100, 1440]) {
  visit(`fits ${width} px, with problems and answers shown`, async (page) => {
    const overflow = () => page.evaluate(() => {
      const { scrollWidth, clientWidth } = document.documentElement;
      const wide = Array.from(document.querySelectorAll('main *, .top *')).filter((element) => {
        const { left, right, width: own } = element.getBoundingClientRect();
        return own > 1 && (left < -1 || right > clientWidth + 1);
      });
      return { scrolls: scrollWidth > clientWidth, wide: wide.map((element) => element.outerHTML.slice(0, 80)) };
    });
    const fits = { scrolls: false, wide: [] };
    assert.deepEqual(await overflow(), fits);
    for (const [values, outcome] of [['With mistakes', 'Nothing was sent invalid_input'], ['Start over', 'The answer 201 Created']]) {
      for (const section of [contact(page), call(page)]) {
        await section.getByRole('button', { name: values }).click();
        await section.locator('[type="submit"]').click();
        await section.getByRole('heading', { name: outcome }).waitFor();
      }
      assert.deepEqual(await overflow(), fits);
    }
    await lives(page).waitFor();
    assert.deepEqual(await overflow(), fits);
  }, { width });
}
