import assert from 'node:assert/strict';
import test from 'node:test';
import { createCall, createClient, createContact, isOutdialError, validateCall, validateContact } from '../../pkg/index.node.js';
import { CALL, CONTACT } from './support/outcome.mjs';

const AT_LIMIT = '😀'.repeat(100);

/** What is asked, its issues as `path: code`, in any order. */
const CONTACTS = {
  'nothing but a number': [CONTACT, []],
  'no number': [{}, ['phoneNumber: required']],
  'an empty number': [{ phoneNumber: '' }, ['phoneNumber: required']],
  'a number that is a number': [{ phoneNumber: 14155552671 }, ['phoneNumber: invalid_type']],
  'a masked number': [{ phoneNumber: '+9198765xxxxx' }, ['phoneNumber: not_a_number']],
  'letters for digits': [{ phoneNumber: '+1 800 FLOWERS' }, ['phoneNumber: not_a_number']],
  'a number without its calling code': [{ phoneNumber: '4155552671' }, ['phoneNumber: invalid_calling_code']],
  'a number that is too short': [{ phoneNumber: '+1415555' }, ['phoneNumber: too_short']],
  'a number that is too long': [{ phoneNumber: '+14155552671999' }, ['phoneNumber: too_long']],
  'a number with an extension': [{ phoneNumber: '+14155552671 ext. 5' }, ['phoneNumber: unsupported_field']],
  'names of 100 characters, counted as people count': [{ ...CONTACT, firstName: AT_LIMIT, lastName: AT_LIMIT }, []],
  'names of 101 characters': [{ ...CONTACT, firstName: `${AT_LIMIT}x`, lastName: 'x'.repeat(101) }, ['firstName: too_long', 'lastName: too_long']],
  'an address without a domain': [{ ...CONTACT, email: 'john' }, ['email: invalid_format']],
  'an address with a line break': [{ ...CONTACT, email: 'john@example.com\nBcc: x@y.example' }, ['email: invalid_format']],
  'fields of wrong types': [
    { ...CONTACT, firstName: 1, lastName: true, email: {}, customFields: 'x', extra: [] },
    ['firstName: invalid_type', 'lastName: invalid_type', 'email: invalid_type', 'customFields: invalid_type', 'extra: invalid_type'],
  ],
  'unknown fields, by name': [{ ...CONTACT, phone_number: 'x', fristName: 'John', '': 1 }, ['phone_number: unknown_field', 'fristName: unknown_field', ': unknown_field']],
  'an unknown field that is null': [{ ...CONTACT, fristName: null }, ['fristName: unknown_field']],
  'what Truedy cannot carry': [
    { ...CONTACT, name: 'John Doe', salutation: 'Mr', tags: ['a'], extension: '5' },
    ['name: unsupported_field', 'salutation: unsupported_field', 'tags: unsupported_field', 'extension: unsupported_field'],
  ],
  'what Truedy cannot carry, not given': [{ ...CONTACT, name: undefined, salutation: null, tags: undefined }, []],
  'extra that sets what fields set': [{ ...CONTACT, extra: { first_name: 'x', folder_id: 'f', custom_fields: {} } }, ['extra.first_name: reserved_field', 'extra.custom_fields: reserved_field']],
  'everything at once': [
    { phoneNumber: 'x', firstName: 'x'.repeat(101), email: '@', tags: [], customFields: { a: { b: [() => {}] } }, nick: 'J', extra: { email: 'x' } },
    ['phoneNumber: not_a_number', 'firstName: too_long', 'email: invalid_format', 'tags: unsupported_field', 'customFields.a.b.0: invalid_type', 'nick: unknown_field', 'extra.email: reserved_field'],
  ],
};

const settings = (value) => ({ ...CALL, settings: value });

const CALLS = {
  'an agent and a number': [CALL, []],
  nothing: [{}, ['agentId: required', 'phoneNumber: required']],
  'empty strings': [{ agentId: '', phoneNumber: '' }, ['agentId: required', 'phoneNumber: required']],
  'a contact instead of a number, which Truedy cannot call': [{ ...CALL, contactId: 'ctc_1' }, ['contactId: unsupported_field']],
  'a bad number to call from': [{ ...CALL, fromNumber: '+1 415' }, ['fromNumber: too_short']],
  'variables of every kind that has a text': [{ ...CALL, variables: { a: 'x', b: 1, c: false, d: '' } }, []],
  'variables that have none': [
    { ...CALL, variables: { list: [1], map: {}, none: null } },
    ['variables.list: invalid_type', 'variables.map: invalid_type', 'variables.none: invalid_type'],
  ],
  'variables that are a list': [{ ...CALL, variables: ['x'] }, ['variables: invalid_type']],
  'every setting': [settings({ recordingEnabled: false, transcriptionEnabled: true, greeting: 'Hi', maxDurationSeconds: 1, joinTimeoutSeconds: 3600 }), []],
  'durations as the vendor writes them': [settings({ maxDurationSeconds: '600s', joinTimeoutSeconds: '30' }), ['settings.maxDurationSeconds: invalid_type', 'settings.joinTimeoutSeconds: invalid_type']],
  'durations of no whole positive number': [settings({ maxDurationSeconds: 0, joinTimeoutSeconds: 1.5 }), ['settings.maxDurationSeconds: out_of_range', 'settings.joinTimeoutSeconds: out_of_range']],
  'durations below nothing and beyond reason': [settings({ maxDurationSeconds: -1, joinTimeoutSeconds: 2 ** 53 }), ['settings.maxDurationSeconds: out_of_range', 'settings.joinTimeoutSeconds: out_of_range']],
  'a duration that is no number': [settings({ maxDurationSeconds: Number.NaN }), ['settings.maxDurationSeconds: invalid_type']],
  'flags that are texts': [settings({ recordingEnabled: 'true', transcriptionEnabled: 1 }), ['settings.recordingEnabled: invalid_type', 'settings.transcriptionEnabled: invalid_type']],
  'unknown settings, by name': [settings({ maxDuration: 600, max_duration: '600s' }), ['settings.maxDuration: unknown_field', 'settings.max_duration: unknown_field']],
  'settings that are no object': [settings('long'), ['settings: invalid_type']],
  'everything at once': [
    { phoneNumber: '+1', fromNumber: 5, contactId: 'c', variables: { a: null }, settings: { greeting: 5, joinTimeoutSeconds: 0, x: 1 }, agent: 'a', extra: { agent_id: 'x' } },
    ['agentId: required', 'phoneNumber: not_a_number', 'fromNumber: invalid_type', 'contactId: unsupported_field', 'variables.a: invalid_type', 'settings.greeting: invalid_type',
      'settings.joinTimeoutSeconds: out_of_range', 'settings.x: unknown_field', 'agent: unknown_field', 'extra.agent_id: reserved_field'],
  ],
};

const OPERATIONS = [
  ['createContact', createContact, validateContact, CONTACTS],
  ['createCall', createCall, validateCall, CALLS],
];

let requests = 0;
const fetch = async () => {
  requests += 1;
  return new Response('{"data":{"id":"x"}}', { status: 201 });
};
const client = createClient({ provider: 'truedy', apiKey: 'truedy_test', fetch });

const shown = (issues) => issues.map(({ path, code }) => `${path}: ${code}`).sort();

async function errorOf(promise) {
  const error = await promise.then(() => assert.fail('it resolved'), (thrown) => thrown);
  assert.ok(isOutdialError(error), String(error));
  return error;
}

for (const [name, operation, validate, table] of OPERATIONS) {
  for (const [what, [input, expected]] of Object.entries(table)) {
    test(`${name}: ${what}: ${expected.length === 0 ? 'no issue' : expected.length === 1 ? expected[0] : `${expected.length} issues`}`, async () => {
      const issues = validate('truedy', input);
      assert.deepEqual(shown(issues), [...expected].sort());
      assert.deepEqual(validate(client, input), issues, 'by a client or by the name of its platform');
      for (const issue of issues) {
        assert.deepEqual(Object.keys(issue), ['path', 'code', 'message']);
        assert.ok(issue.message.length > 3, 'a message for a person');
      }
      const before = requests;
      if (expected.length === 0) return void (await operation(client, input));
      const error = await errorOf(operation(client, input));
      assert.deepEqual([error.code, error.provider, error.operation, error.attempts, error.idempotencyKey], ['invalid_input', 'truedy', name, 0, undefined]);
      assert.deepEqual(error.issues, issues, 'the operation and its validation agree');
      for (const { message } of issues) assert.ok(error.message.includes(message), error.message);
      assert.equal(requests, before, 'nothing reached the network');
    });
  }
}

test('problems of the input and of the options come together', async () => {
  const error = await errorOf(createCall(client, { agentId: 'a' }, { timeoutMs: 0, retries: 1, signal: 'x' }));
  assert.deepEqual(shown(error.issues), ['phoneNumber: required', 'retries: unknown_field', 'signal: invalid_type', 'timeoutMs: out_of_range']);
  assert.equal(error.attempts, 0);
});

const OPTIONS = {
  'timeoutMs: invalid_type': { timeoutMs: '1000' },
  'timeoutMs: out_of_range': { timeoutMs: 2 ** 31 },
  'totalTimeoutMs: out_of_range': { totalTimeoutMs: -1 },
  'maxRetries: out_of_range': { maxRetries: 11 },
  'idempotencyKey: invalid_type': { idempotencyKey: 7 },
  'idempotencyKey: invalid_format': { idempotencyKey: 'k'.repeat(256) },
  'idempotencykey: unknown_field': { idempotencykey: 'k' },
};

for (const [issue, options] of Object.entries(OPTIONS)) {
  test(`createCall refuses its options: ${issue}`, async () => {
    const before = requests;
    assert.deepEqual(shown((await errorOf(createCall(client, CALL, options))).issues), [issue]);
    assert.equal(requests, before, 'nothing reached the network');
  });
}

test('a key is for calls alone: createContact says that it would not be honoured', async () => {
  const error = await errorOf(createContact(client, CONTACT, { idempotencyKey: 'k' }));
  assert.deepEqual(shown(error.issues), ['idempotencyKey: unsupported_field']);
});

test('a key of 255 visible characters, and null options, are fine', async () => {
  assert.equal((await createCall(client, CALL, { idempotencyKey: '~'.repeat(255), signal: null, timeoutMs: undefined })).id, 'x');
});

test('validation of an unknown platform is refused, and so is what is no client', () => {
  for (const [platform, path] of [['nobody', 'provider'], ['', 'provider'], ['__proto__', 'provider'], [{}, 'client'], [undefined, 'client'], [null, 'client']]) {
    assert.throws(() => validateContact(platform, CONTACT), (error) => isOutdialError(error) && error.code === 'invalid_input' && error.issues[0].path === path);
  }
});

test('a client that asks for valid numbers refuses one that no plan has, and its validation does too', async () => {
  const strict = createClient({ provider: 'truedy', apiKey: 'k', fetch, numbers: 'valid' });
  const unassigned = { phoneNumber: '+11234567890' };
  assert.deepEqual(shown(validateContact(strict, unassigned)), ['phoneNumber: unassigned']);
  assert.deepEqual(shown((await errorOf(createContact(strict, unassigned))).issues), ['phoneNumber: unassigned']);
});

test('a client with a region reads numbers as they are dialled there', async () => {
  const british = createClient({ provider: 'truedy', apiKey: 'k', fetch, region: 'GB' });
  assert.deepEqual(validateContact(british, { phoneNumber: '020 7946 0958' }), []);
  assert.deepEqual(shown(validateContact('truedy', { phoneNumber: '020 7946 0958' })), ['phoneNumber: invalid_calling_code']);
});
