import assert from 'node:assert/strict';
import test from 'node:test';
import { openFields } from '../js/support/element.mjs';

const { open, url } = await openFields();

const LIMIT = { timeout: 60_000 };

test('a number is formatted as it is typed, and the value is its E.164 form once it is valid', LIMIT, async (t) => {
  const { page, shown, focus, heard } = await open(t);
  await focus('mobile');
  await page.keyboard.type('415555267');
  assert.deepEqual(await shown('mobile'), { shown: '(415) 555-267|', value: '', region: 'US', problem: 'Too short for a number in United States' });
  await page.keyboard.type('1');
  assert.deepEqual(await shown('mobile'), { shown: '(415) 555-2671|', value: '+14155552671', region: 'US', problem: '' });
  assert.deepEqual((await heard()).at(-1), ['input', 'mobile', '+14155552671']);
  await page.keyboard.press('Tab');
  assert.deepEqual((await heard()).slice(-2), [['input', 'mobile', '+14155552671'], ['change', 'mobile', '+14155552671']]);
});

test('the caret stays behind its digit while the middle is edited', LIMIT, async (t) => {
  const { page, shown, focus } = await open(t);
  await focus('mobile');
  await page.keyboard.type('4155552671');
  for (let key = 0; key < 4; key++) await page.keyboard.press('ArrowLeft');
  const steps = [['Backspace', '(415) 555|-2671'], ['Backspace', '(415) 55|2-671'], ['9', '(415) 559|-2671'], ['Delete', '(415) 559-|2671'], ['Delete', '(415) 559|-671']];
  for (const [key, expected] of steps) {
    await page.keyboard.press(key);
    assert.equal((await shown('mobile')).shown, expected, key);
  }
});

test('a selection is typed over, and what is cut closes the gap', LIMIT, async (t) => {
  const { page, shown, focus, select } = await open(t);
  await focus('mobile');
  await page.keyboard.type('4155552671');
  await select('mobile', 1, 4);
  await page.keyboard.type('650');
  assert.equal((await shown('mobile')).shown, '(650|) 555-2671');
  await select('mobile', 6, 9);
  await page.keyboard.press('ControlOrMeta+x');
  assert.equal((await shown('mobile')).shown, '650|-2671');
});

test('a paste of any format is understood, and an international one brings its country', LIMIT, async (t) => {
  const { shown, focus, paste, clear } = await open(t);
  for (const [pasted, text, value, region] of [
    ['4155552671', '(415) 555-2671', '+14155552671', 'US'],
    [' 1-415-555-2671\n', '(415) 555-2671', '+14155552671', 'US'],
    ['+44 (0)20 7946 0958', '+44 20 7946 0958', '+442079460958', 'GB'],
    ['tel:+49-30-123456', '+49 30 123456', '+4930123456', 'DE'],
    ['011 33 1 42 68 53 00', '+33 1 42 68 53 00', '+33142685300', 'FR'],
    ['‪+1 (604) 555‑2671‬', '+1 604-555-2671', '+16045552671', 'CA'],
    ['Call me: 415.555.2671 (evenings)', '(415) 555-2671', '+14155552671', 'US'],
    ['+９１ ９８７６５ ４３２１０', '+91 98765 43210', '+919876543210', 'IN'],
  ]) {
    await clear('mobile', 'US');
    await focus('mobile');
    await paste(pasted);
    assert.deepEqual(await shown('mobile'), { shown: `${text}|`, value, region, problem: '' }, pasted);
  }
});

test('a masked number stays as it was pasted, and is none', LIMIT, async (t) => {
  const { page, shown, focus, paste, clear } = await open(t);
  await focus('any');
  await paste('+9198765xxxxx');
  assert.deepEqual(await shown('any'), { shown: '+9198765xxxxx|', value: '', region: 'IN', problem: 'Not a phone number' });
  await clear('any', 'US');
  await page.keyboard.type('415FLOWERS');
  assert.deepEqual(await shown('any'), { shown: '415FLOWERS|', value: '', region: 'US', problem: 'Not a phone number' });
});

test('a paste into a number is put there, and a whole number takes the place of another', LIMIT, async (t) => {
  const { page, shown, focus, paste, select } = await open(t);
  await focus('mobile');
  await page.keyboard.type('4152671');
  await select('mobile', 3, 3);
  await paste('555');
  assert.equal((await shown('mobile')).value, '+14155552671');
  await paste('+44 20 7946 0958');
  assert.equal((await shown('mobile')).shown, '+44 20 7946 0958|');
});

test('the country follows a calling code that is typed, and keeps to one of several that share it', LIMIT, async (t) => {
  const { page, shown, focus, clear } = await open(t);
  await focus('mobile');
  await page.keyboard.type('+49');
  assert.equal((await shown('mobile')).region, 'DE');
  await clear('mobile', 'CA');
  await page.keyboard.type('+1');
  assert.equal((await shown('mobile')).region, 'CA');
  await page.keyboard.type('4155552671');
  assert.deepEqual(await shown('mobile'), { shown: '+1 415-555-2671|', value: '+14155552671', region: 'US', problem: '' });
});

test('a form gets the value under its name, and is not sent with a number that is none', LIMIT, async (t) => {
  const { page, shown, focus, sent, element } = await open(t);
  await page.getByRole('button', { name: 'Send' }).click();
  assert.deepEqual([await sent(), (await shown('mobile')).problem], [undefined, 'Enter a phone number']);
  assert.equal(await page.evaluate(() => document.activeElement.id), 'mobile');
  await page.keyboard.type('900555');
  await page.keyboard.press('Enter');
  assert.equal(await sent(), undefined);
  assert.deepEqual(await element('mobile', ({ validity: { valid, badInput } }) => ({ valid, badInput })), { valid: false, badInput: true });
  await focus('mobile');
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.type('4155552671');
  await page.keyboard.press('Enter');
  assert.deepEqual(await sent(), { mobile: '+14155552671', office: '+442079460958', any: '', limited: '' });
});

test('types and regions that are not accepted are refused with their reason', LIMIT, async (t) => {
  const { element } = await open(t);
  const problem = (value) => element('limited', (field, number) => ((field.value = number), field.validationMessage), value);
  assert.equal(await problem('+4930123456'), 'This kind of number is not accepted');
  assert.equal(await problem('+447400123456'), 'Numbers in United Kingdom are not accepted');
  assert.equal(await problem('+4915123456789'), '');
});

test('a reset brings back the first value and country', LIMIT, async (t) => {
  const { page, shown, focus, paste } = await open(t);
  const first = await shown('office');
  assert.deepEqual([first.shown.replace('|', ''), first.value, first.region], ['020 7946 0958', '+442079460958', 'GB']);
  await focus('office');
  await page.keyboard.press('ControlOrMeta+a');
  await paste('+1 415 555 2671');
  assert.equal((await shown('office')).region, 'US');
  await page.getByRole('button', { name: 'Start again' }).click();
  const again = await shown('office');
  assert.deepEqual([again.shown.replace('|', ''), again.value, again.region], ['020 7946 0958', '+442079460958', 'GB']);
});

test('the browser restores what was typed when its user comes back', LIMIT, async (t) => {
  const { page, shown, focus } = await open(t);
  await focus('any');
  await page.keyboard.type('+4420794');
  await page.goto(new URL('cases.html', url).href);
  await page.goBack();
  await page.waitForFunction(() => document.getElementById('any')?.text === '+44 20 794');
  assert.equal((await shown('any')).region, 'GB');
});

test('a program sets and clears the value, its own message, and what may be entered', LIMIT, async (t) => {
  const { element } = await open(t);
  assert.deepEqual(await element('any', (field) => {
    const seen = [];
    const see = () => seen.push([field.text, field.value, field.validationMessage]);
    field.value = '+14155552671'; see();
    field.region = 'US'; field.value = '+14155552672'; see();
    field.text = '(415'; see();
    field.value = ''; see(); // what the program holds of a number that is being typed
    field.text = ''; see();
    field.setCustomValidity('Taken'); see();
    field.setCustomValidity(''); field.types = ['mobile']; field.value = '+4930123456'; see();
    field.value = null; see();
    return seen;
  }), [
    ['+1 415-555-2671', '+14155552671', ''],
    ['(415) 555-2672', '+14155552672', ''],
    ['415', '', 'Too short for a number in United States'],
    ['415', '', 'Too short for a number in United States'],
    ['', '', ''],
    ['', '', 'Taken'],
    ['+49 30 123456', '', 'This kind of number is not accepted'],
    ['+49 30 123456', '', 'This kind of number is not accepted'],
  ]);
});

test('a field that is disabled or read only is neither edited nor judged', LIMIT, async (t) => {
  const { page, shown, focus, element } = await open(t);
  const states = () => element('mobile', (field) => [field.willValidate, field.checkValidity(), field.shadowRoot.querySelector('button').disabled]);
  assert.deepEqual(await states(), [true, false, false]);
  await element('mobile', (field) => (field.readOnly = true));
  await focus('mobile');
  await page.keyboard.type('4');
  assert.deepEqual([(await shown('mobile')).shown, await states()], ['|', [false, true, true]]);
  await element('mobile', (field) => {
    field.readOnly = false;
    field.closest('form').append(document.createElement('fieldset'));
    field.form.lastElementChild.append(field);
    field.form.lastElementChild.disabled = true;
  });
  assert.deepEqual(await states(), [false, true, true]);
});
