import assert from 'node:assert/strict';
import { openDemo, violationsIn } from '../js/support/demo.mjs';

const { demo, visit } = await openDemo();

const pane = (page, name) => page.getByRole('group', { name, exact: true });
const request = (page) => pane(page, 'The request on the wire');
const createContact = (page) => page.getByRole('button', { name: 'Create contact' });
const placeCall = (page) => page.getByRole('button', { name: 'Place call' });
const phone = (page) => page.locator('#place').getByLabel('Phone number');
const lives = (page) => page.getByRole('region', { name: 'Life of the call' }).locator('.life');
const isCreated = (page) => page.getByText('The contact is created.').waitFor();
const isPlaced = (page) => page.getByText(/^The call is placed/).waitFor();

async function bodyOf(locator) {
  await locator.filter({ hasText: '}' }).waitFor();
  const text = await locator.innerText();
  return JSON.parse(text.slice(text.search(/^[{[]/m)));
}

/** What a field is told to be wrong, as assistive technology finds it. */
async function problemOf(field) {
  assert.equal(await field.getAttribute('aria-invalid'), 'true');
  const ids = (await field.getAttribute('aria-describedby')).split(' ');
  return field.page().locator(`#${ids[0]}`).innerText();
}

const place = (name, scenario) => visit(name, 'place', scenario);

place('creates a contact and shows the request, the answer and the object', async (page) => {
  await phone(page).fill('+442079460000');
  await page.getByLabel('First name').fill('Grace');
  await createContact(page).click();
  await isCreated(page);
  assert.match(await request(page).innerText(), /^POST https:\/\/api\.truedy\.ai\/api\/public\/v1\/contacts\n/);
  assert.deepEqual(await bodyOf(request(page)), {
    phone_number: '+442079460000', first_name: 'Grace', last_name: 'Example', email: 'ada@example.com', custom_fields: { plan: 'pro' },
  });
  await page.getByText('201 Created').waitFor();
  const { data } = await bodyOf(pane(page, 'The answer'));
  assert.equal(data.first_name, 'Grace');
  const result = await pane(page, 'What you get').innerText();
  assert.ok(result.includes(`id: '${data.id}'`) && result.includes('phoneNumber: \'+442079460000\''), result);
});

const WIRES = {
  Thoughtly: { contact: { name: 'Ada Example', email: 'ada@example.com' }, requests: [/\/contact\/create\n/, /\/contact\/call\n/], absent: ['Salutation', 'Calls from'] },
  'Kore.ai': { contact: { firstName: 'Ada', salutation: 'Mrs' }, requests: [/\/smartassist\/dialout\n/], absent: ['E-mail'] },
};

for (const [title, { contact, requests, absent }] of Object.entries(WIRES)) {
  place(`sends the same form to ${title} as that platform writes it`, async (page) => {
    await page.locator('#place').getByRole('radio', { name: title }).check();
    for (const label of absent) assert.ok(await page.getByLabel(label, { exact: true }).isDisabled(), label);
    await createContact(page).click();
    await isCreated(page);
    const body = await bodyOf(request(page));
    for (const [name, value] of Object.entries(contact)) assert.equal([body].flat()[0][name], value, name);
    await phone(page).fill('+14155550486');
    await placeCall(page).click();
    await isPlaced(page);
    const sent = await request(page).innerText();
    for (const line of requests) assert.match(sent, line);
    await page.getByRole('radio', { name: '60×' }).check();
    await lives(page).locator('.badge', { hasText: 'busy' }).waitFor();
  });
}

place('shows the request before it is sent, and what would be sent is what is sent', async (page) => {
  await page.getByText('as it would be sent').waitFor();
  const secret = /••••••••\w+/;
  const before = (await request(page).innerText()).replace(secret, '');
  await createContact(page).click();
  await isCreated(page);
  assert.equal((await request(page).innerText()).replace(secret, ''), before);
});

place('hides the keys wherever the page shows something', async (page) => {
  for (const title of ['Truedy', 'Thoughtly', 'Kore.ai']) {
    await page.locator('#place').getByRole('radio', { name: title }).check();
    await placeCall(page).click();
    await isPlaced(page);
    assert.match(await request(page).innerText(), /••••••••/);
    const everything = await page.evaluate(() => {
      const values = Array.from(document.querySelectorAll('input, select'), (field) => field.value);
      return [document.documentElement.outerHTML, ...values, JSON.stringify(localStorage), document.cookie, location.href].join('\n');
    });
    assert.doesNotMatch(everything, /(?:truedy|thoughtly|kore)_demo_\w|eyJ\w{8}/);
  }
});

place('says what is wrong beside each field, and moves to the first', async (page) => {
  await page.getByRole('button', { name: 'With mistakes' }).click();
  await createContact(page).click();
  await page.getByRole('heading', { name: 'Nothing was sent' }).waitFor();
  assert.ok(await phone(page).evaluate((field) => field === document.activeElement), 'the first wrong field has no focus');
  assert.match(await problemOf(phone(page)), /not a phone number|too short|area code/i);
  assert.match(await problemOf(page.getByLabel('First name')), /100 characters/);
  assert.match(await problemOf(page.getByLabel('E-mail')), /e-mail address/);
  assert.equal(await page.getByLabel('Last name').getAttribute('aria-invalid'), null);
  assert.equal(await request(page).innerText(), 'Nothing was sent.');
  assert.match(await pane(page, 'What you get').innerText(), /^OutdialError \{\n {2}code: 'invalid_input'/);
  assert.deepEqual(await violationsIn(page), []);
  await page.getByRole('link', { name: /^E-mail/ }).click();
  assert.ok(await page.getByLabel('E-mail').evaluate((field) => field === document.activeElement));
  await page.getByLabel('E-mail').fill('ada@example.com');
  assert.equal(await page.getByLabel('E-mail').getAttribute('aria-invalid'), null);
});

place('opens the settings where one of them is wrong', async (page) => {
  await page.getByText('Settings of this call').click();
  const longest = page.getByLabel('Longest talk, in seconds');
  await longest.fill('0');
  await page.getByText('Settings of this call').click();
  await longest.waitFor({ state: 'hidden' });
  await placeCall(page).click();
  await longest.waitFor();
  assert.match(await problemOf(longest), /from 1 to/);
  await longest.fill('600');
  await placeCall(page).click();
  await isPlaced(page);
  assert.equal((await bodyOf(request(page))).call_settings.max_duration, '600s');
});

place('follows a call until it is completed', async (page) => {
  await page.getByRole('radio', { name: '1×', exact: true }).check();
  await placeCall(page).click();
  await isPlaced(page);
  assert.match(await request(page).innerText(), /x-idempotency-key: [\da-f-]{36}\n/);
  const next = page.getByRole('button', { name: 'Next step' });
  while (await next.isEnabled()) await next.click();
  const steps = await lives(page).locator('.rail li').allInnerTexts();
  assert.deepEqual(steps.map((step) => step.split(/\n+/)), [['queued', '0.0 s'], ['ringing', '1.0 s'], ['in progress', '5.0 s'], ['completed', '65 s']]);
  assert.match(await lives(page).locator('[aria-current="step"]').innerText(), /^completed/);
  await page.getByRole('status').filter({ hasText: 'The call to +14155550123 is completed.' }).waitFor();
  assert.match(await lives(page).innerText(), /60 s on the line; \$0\.125/);
});

const ENDINGS = [['0480', 'no answer', ['queued', 'ringing']], ['0486', 'busy', ['queued', 'ringing']], ['0860', 'voicemail', ['queued', 'ringing', 'in progress']], ['0404', 'failed', ['queued']], ['0503', 'failed', []]];

place('plays calls by their last digits until they end', async (page) => {
  await page.getByRole('radio', { name: '60×' }).check();
  for (const [digits, ending, passed] of ENDINGS) {
    await page.getByRole('button', { name: digits }).click();
    await placeCall(page).click();
    const life = lives(page).filter({ hasText: `+1415555${digits}` });
    await life.locator('.badge', { hasText: ending }).waitFor();
    assert.deepEqual(await life.locator('[data-state="passed"] .step').allInnerTexts(), passed, digits);
  }
});

place('says that nobody knows the outcome, with the key of the attempt', async (page) => {
  await page.getByRole('button', { name: '0502' }).click();
  await placeCall(page).click();
  const summary = page.getByRole('group', { name: 'What went wrong' });
  await summary.filter({ hasText: 'Nobody knows whether the phone rang' }).waitFor();
  const words = await summary.innerText();
  assert.ok(await summary.evaluate((box) => box === document.activeElement), 'the summary has no focus');
  const keys = [...(await request(page).innerText()).matchAll(/x-idempotency-key: (\S+)/g)].map(([, key]) => key);
  assert.equal(keys.length, 3, 'it is asked for again twice');
  assert.equal(new Set(keys).size, 1, 'under one key');
  assert.ok(words.includes(keys[0]) && words.includes('outcome_unknown'), words);
  assert.equal(await lives(page).count(), 0);
});

place('says why a call was refused', async (page) => {
  for (const [digits, title] of [['0402', 'The account cannot pay for this call'], ['0422', 'The platform refused the request']]) {
    await page.getByRole('button', { name: digits }).click();
    await placeCall(page).click();
    await page.getByRole('heading', { name: title }).waitFor();
    await page.getByText(new RegExp(`^${digits.slice(1)} `)).waitFor();
  }
});

place('places one call when the button is pressed twice', async (page) => {
  await placeCall(page).dblclick();
  await isPlaced(page);
  assert.equal(await lives(page).count(), 1);
  assert.equal([...(await request(page).innerText()).matchAll(/^POST /gm)].length, 1);
});

place('sends nothing to any network', async (page) => {
  const asked = [];
  const keep = (request) => asked.push(request.url());
  page.on('request', keep);
  await createContact(page).click();
  await isCreated(page);
  await placeCall(page).click();
  await isPlaced(page);
  assert.deepEqual(asked.filter((url) => new URL(url).origin !== new URL(demo.url).origin || url.includes('/api/')), []);
  page.off('request', keep);
});
