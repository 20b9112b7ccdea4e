import assert from 'node:assert/strict';
import test from 'node:test';
import { createClient } from '../../pkg/dist/node/index.js';
import { call, contact, phone } from '../../pkg/dist/node/forms.js';

const validate = (schema, value) => schema['~standard'].validate(value);
const codes = ({ issues }) => issues.map(({ path, code }) => [path, code]);

test('a schema is of the Standard Schema, version 1', () => {
  for (const schema of [phone(), contact('truedy'), call('kore')]) {
    const { version, vendor, validate } = schema['~standard'];
    assert.deepEqual([version, vendor, typeof validate], [1, 'outdial', 'function']);
  }
});

test('phone gives the E.164 form of a number that is valid and accepted', () => {
  for (const [options, text, value] of [
    [{ region: 'US' }, '(415) 555-2671', '+14155552671'],
    [undefined, ' +44 20 7946 0958 ', '+442079460958'],
    [{ region: 'DE', types: ['mobile'] }, '01512 3456789', '+4915123456789'],
    [{ regions: ['GB', '001'] }, '+80012345678', '+80012345678'],
    [{ mode: 'lenient', region: 'US' }, '1-800-FLOWERS', '+18003569377'],
  ]) {
    assert.deepEqual(validate(phone(options), text), { value }, text);
  }
});

test('phone says in a sentence why a number is refused', () => {
  const issue = (options, value) => validate(phone(options), value).issues[0];
  for (const [options, value, code, message] of [
    [{ region: 'US' }, '415', 'too_short', 'Too short for a number in United States'],
    [{}, '+9198765xxxxx', 'not_a_number', 'Not a phone number'],
    [{ types: ['mobile'] }, '+4930123456', 'type_not_allowed', 'This kind of number is not accepted'],
    [{ regions: ['US'] }, '+442079460958', 'region_not_allowed', 'Numbers in United Kingdom are not accepted'],
    [{}, '', 'required', 'Enter a phone number'],
    [{}, '  ', 'required', 'Enter a phone number'],
    [{}, undefined, 'required', 'Enter a phone number'],
    [{}, null, 'required', 'Enter a phone number'],
    [{}, 14155552671, 'invalid_type', 'A phone number must be a string'],
    [{ optional: true }, '4', 'not_a_number', 'Not a phone number'],
  ]) {
    const found = issue(options, value);
    assert.deepEqual([found.path, found.code], [[], code], String(value));
    assert.equal(found.message, message);
  }
});

test('a number that is possible but not valid is none for a form', () => {
  assert.deepEqual(codes(validate(phone(), '+11115552671')), [[[], 'unassigned']]);
});

test('an optional number may be left empty', () => {
  const schema = phone({ optional: true, region: 'US' });
  for (const empty of ['', ' ', null, undefined]) assert.deepEqual(validate(schema, empty), { value: undefined });
  assert.deepEqual(validate(schema, '4155552671'), { value: '+14155552671' });
});

test('options that do not exist are refused where the schema is made', () => {
  for (const [options, error, words] of [
    [{ region: 'XX' }, RangeError, /region "XX" is not known/],
    [{ types: ['landline'] }, RangeError, /types\[0\] "landline" is not known/],
    [{ regions: 'US' }, TypeError, /regions must be an array/],
    [{ country: 'US' }, TypeError, /no option "country"/],
    [{ optional: 'yes' }, TypeError, /optional must be true or false/],
    [null, TypeError, /options must be an object/],
  ]) {
    assert.throws(() => phone(options), (thrown) => thrown instanceof error && words.test(thrown.message), JSON.stringify(options));
  }
  for (const schema of [contact, call]) assert.throws(() => schema('nobody'), { code: 'invalid_input', message: /truedy, thoughtly, kore/ });
});

test('contact takes what createContact takes, and gives it out as it was typed', () => {
  const typed = { phoneNumber: '+1 415 555 2671', firstName: 'Grace', customFields: { plan: 'pro' } };
  assert.equal(validate(contact('truedy'), typed).value, typed);
  const client = createClient({ provider: 'truedy', apiKey: 'k', region: 'US' });
  assert.deepEqual(validate(contact(client), { phoneNumber: '(415) 555-2671' }), { value: { phoneNumber: '(415) 555-2671' } });
});

test('what was left empty in a form is left out', () => {
  assert.deepEqual(validate(contact('truedy'), { phoneNumber: '+14155552671', firstName: '', email: '' }), { value: { phoneNumber: '+14155552671' } });
  assert.deepEqual(codes(validate(contact('truedy'), { phoneNumber: '', email: '' })), [[['phoneNumber'], 'required']]);
});

test('an issue leads to its value by keys, and reads as a sentence', () => {
  const { issues } = validate(call('truedy'), { agentId: 'a', phoneNumber: '+1415', settings: { maxDurationSeconds: 'long' }, variables: { 'plan.name': {} } });
  assert.deepEqual(issues.map(({ path, message }) => [path, message]).sort(), [
    [['phoneNumber'], 'Too short for a number in US'],
    [['settings', 'maxDurationSeconds'], 'This must be a number of seconds'],
    [['variables', 'plan.name'], 'This must be a string, a number, true or false'],
  ]);
  assert.deepEqual(codes(validate(contact('kore'), { phoneNumber: '+14155552671' })), [[['firstName'], 'required'], [['lastName'], 'required'], [['salutation'], 'required']]);
});

test('no value makes a validation throw', () => {
  const hostile = new Proxy({}, { ownKeys: () => { throw new Error('no'); } });
  const getter = { get phoneNumber() { throw new Error('no'); }, email: '' };
  for (const value of [undefined, null, 1, 'text', [''], [], Symbol('s'), () => {}, hostile, getter, Object.create(null)]) {
    for (const schema of [phone(), contact('truedy'), call('thoughtly')]) {
      const { issues } = validate(schema, value);
      assert.ok(issues.length > 0 && issues.every(({ path }) => path.every((key) => !Number.isNaN(key))));
    }
  }
});
