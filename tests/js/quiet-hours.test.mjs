import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import test from 'node:test';
import * as outdial from '../../pkg/index.node.js';
import { CALL, KEY } from './support/outcome.mjs';
import { recorded } from './support/recorded.mjs';

const { checkPolicy, createCall, createClient, createContact, OutdialError } = outdial;
const NIGHT = { start: '21:00', end: '08:00' };
const SAN_FRANCISCO = '+14155552671';

function atMoment(t, moment) {
  t.mock.timers.enable({ apis: ['Date'], now: Date.parse(moment) });
}

test('nobody is called in the quiet hours of the place that the number belongs to', async (t) => {
  // 9:30 in New York, 6:30 in San Francisco.
  atMoment(t, '2027-01-15T14:30:00Z');
  const { sent, client } = recorded(outdial, { quietHours: NIGHT });
  await assert.rejects(createCall(client, CALL, { idempotencyKey: KEY }), (error) => {
    assert.ok(error instanceof OutdialError);
    assert.equal(error.code, 'not_allowed');
    assert.equal(error.attempts, 0);
    const { metadataVersion, ...decision } = error.details;
    assert.match(metadataVersion, /^\d+\.\d+\.\d+$/);
    assert.deepEqual(decision, { allowed: false, rule: 'quietHours', region: 'US', type: 'fixed_line_or_mobile', nextAllowedAt: '2027-01-15T16:00:00.000Z' });
    assert.match(error.message, /America\/Los_Angeles/);
    assert.ok(!JSON.stringify(error).includes(SAN_FRANCISCO.slice(2)));
    return true;
  });
  assert.deepEqual(sent, []);
  assert.equal((await createCall(client, { ...CALL, phoneNumber: '+12025550123' })).id, 'call_1');
  t.mock.timers.setTime(Date.parse('2027-01-15T16:00:00Z'));
  assert.equal((await createCall(client, CALL)).id, 'call_1');
  assert.equal(sent.length, 2);
});

for (const [first, code] of [[() => new Response('{}', { status: 429 }), 'not_allowed'], [() => new Response('{}', { status: 502 }), 'outcome_unknown']]) {
  test(`an attempt that would come in the quiet hours is not made, and what the earlier one did is said: ${code}`, async (t) => {
    atMoment(t, '2027-01-16T04:59:59.900Z');
    let sent = 0;
    const fetch = async () => {
      sent += 1;
      t.mock.timers.setTime(Date.parse('2027-01-16T05:00:00.100Z'));
      return first();
    };
    const client = createClient({ provider: 'truedy', apiKey: 'k', fetch, policy: { quietHours: NIGHT } });
    await assert.rejects(createCall(client, CALL, { idempotencyKey: KEY }), (error) => {
      const { rule, nextAllowedAt } = error.details;
      assert.deepEqual([error.code, error.attempts, error.idempotencyKey, rule, nextAllowedAt], [code, 1, KEY, 'quietHours', '2027-01-16T16:00:00.000Z']);
      return true;
    });
    assert.equal(sent, 1);
  });
}

test('contacts are created at night too', async (t) => {
  atMoment(t, '2027-01-15T12:00:00Z');
  const { sent, client } = recorded(outdial, { quietHours: NIGHT });
  await createContact(client, { phoneNumber: SAN_FRANCISCO });
  assert.equal(sent.length, 1);
});

test('a zone that is named holds for every number', async (t) => {
  atMoment(t, '2027-01-15T12:00:00Z');
  const check = (zone, number = SAN_FRANCISCO) => checkPolicy({ quietHours: { ...NIGHT, zone }, regions: ['US', '001'], types: ['fixed_line_or_mobile', 'toll_free'] }, number);
  assert.equal((await check('Europe/Berlin')).allowed, true);
  assert.equal((await check('Pacific/Auckland')).nextAllowedAt, '2027-01-15T19:00:00.000Z');
  assert.equal((await check('Europe/Berlin', '+80012345678')).allowed, true);
});

test('a number that may be in several time zones is called only while all are open', async (t) => {
  const australianMobile = '+61412345678';
  // 8:30 in Sydney, 5:30 in Perth, 4:30 on Christmas Island.
  atMoment(t, '2027-01-14T21:30:00Z');
  assert.equal((await checkPolicy({ quietHours: NIGHT }, '+61280001234')).allowed, true);
  const decision = await checkPolicy({ quietHours: NIGHT }, australianMobile);
  assert.deepEqual([decision.allowed, decision.nextAllowedAt], [false, '2027-01-15T01:30:00.000Z']);
  t.mock.timers.setTime(Date.parse(decision.nextAllowedAt));
  assert.equal((await checkPolicy({ quietHours: NIGHT }, australianMobile)).allowed, true);
});

test('hours that never open in all time zones of a number are said to, without a next moment', async () => {
  const decision = await checkPolicy({ quietHours: { start: '00:00', end: '23:59' } }, '+18002345678');
  assert.deepEqual([decision.allowed, decision.rule, 'nextAllowedAt' in decision], [false, 'quietHours', false]);
  assert.match(decision.reason, /no moment within 7 days/);
});

test('a number of which no time zone is known is refused', async () => {
  const decision = await checkPolicy({ quietHours: NIGHT, regions: ['001'], types: ['toll_free'] }, '+80012345678');
  assert.deepEqual([decision.allowed, decision.rule, 'nextAllowedAt' in decision], [false, 'quietHours', false]);
  assert.match(decision.reason, /No time zone .* is known/);
});

test('a number whose local time cannot be told is refused', async (t) => {
  atMoment(t, '2027-01-15T12:00:00Z');
  const { DateTimeFormat } = Intl;
  t.mock.method(Intl, 'DateTimeFormat', function (locale, options) {
    if (options?.timeZone === 'Asia/Katmandu') throw new RangeError('Invalid time zone specified');
    return new DateTimeFormat(locale, options);
  });
  const decision = await checkPolicy({ quietHours: NIGHT }, '+97714220000');
  assert.deepEqual([decision.allowed, decision.rule], [false, 'quietHours']);
  assert.equal((await checkPolicy({ quietHours: NIGHT }, '+442079460958')).allowed, true);
});

test('a contact whose number is not known is not called under quiet hours, unless the policy says so', async (t) => {
  atMoment(t, '2027-01-15T12:00:00Z');
  const config = { provider: 'thoughtly', apiToken: 'k', teamId: 't', apiKey: undefined };
  const byContact = { agentId: 'a', contactId: 'c' };
  for (const rules of [{ quietHours: NIGHT }, { beforeCall: () => ({ allow: true }) }]) {
    const closed = recorded(outdial, rules, config);
    await assert.rejects(createCall(closed.client, byContact), (error) => error.code === 'not_allowed' && error.details.rule === 'contactIds');
    assert.deepEqual(closed.sent, []);
    const open = recorded(outdial, { ...rules, contactIds: true }, config);
    await createCall(open.client, byContact);
    assert.equal(open.sent.length, 1);
  }
});

const REFUSED = [
  ['21:00', 'policy.quietHours invalid_type'],
  [[], 'policy.quietHours invalid_type'],
  [false, 'policy.quietHours invalid_type'],
  [{}, 'policy.quietHours.start required', 'policy.quietHours.end required'],
  [{ ...NIGHT, start: '24:00' }, 'policy.quietHours.start invalid_format'],
  [{ ...NIGHT, start: '9:00 pm' }, 'policy.quietHours.start invalid_format'],
  [{ ...NIGHT, start: '7' }, 'policy.quietHours.start invalid_format'],
  [{ ...NIGHT, start: '7:00' }, 'policy.quietHours.start invalid_format'],
  [{ ...NIGHT, start: '21:60' }, 'policy.quietHours.start invalid_format'],
  [{ ...NIGHT, start: '21:00\n' }, 'policy.quietHours.start invalid_format'],
  [{ ...NIGHT, start: 21 }, 'policy.quietHours.start invalid_type'],
  [{ start: '21:00', end: null }, 'policy.quietHours.end required'],
  [{ start: '08:00', end: '08:00' }, 'policy.quietHours.end out_of_range'],
  [{ ...NIGHT, zone: 'Nowhere/Land' }, 'policy.quietHours.zone invalid_format'],
  [{ ...NIGHT, zone: '' }, 'policy.quietHours.zone invalid_format'],
  [{ ...NIGHT, zone: '+05:30' }, 'policy.quietHours.zone invalid_format'],
  [{ ...NIGHT, zone: 1 }, 'policy.quietHours.zone invalid_type'],
  [{ ...NIGHT, days: ['sunday'] }, 'policy.quietHours.days unknown_field'],
  [Object.defineProperty({}, 'start', { enumerable: true, get: () => assert.fail('read') }), 'policy.quietHours invalid_type'],
];

const named = (error) => error.issues.map(({ path, code }) => `${path} ${code}`);

for (const [quietHours, ...expected] of REFUSED) {
  test(`quiet hours are refused before any call: ${expected.join(', ')}`, async () => {
    assert.throws(() => createClient({ provider: 'truedy', apiKey: 'k', policy: { quietHours } }), (error) => {
      assert.ok(error instanceof OutdialError);
      assert.equal(error.code, 'invalid_input');
      assert.deepEqual(named(error), expected);
      return true;
    });
    await assert.rejects(checkPolicy({ quietHours }, SAN_FRANCISCO), (error) => named(error).join() === expected.join());
  });
}

test('everything wrong with a configuration is named at once, whoever reads it', () => {
  const policy = { regions: ['XX'], quietHours: { start: '7' }, beforeCall: true };
  assert.throws(() => createClient({ provider: 'truedy', policy }), (error) => {
    const expected = ['apiKey required', 'policy.beforeCall invalid_type', 'policy.quietHours.end required', 'policy.quietHours.start invalid_format', 'policy.regions.0 invalid_format'];
    assert.deepEqual(named(error).sort(), expected);
    for (const { path, message } of error.issues) assert.ok(error.message.includes(`${path}: ${message}`), path);
    return true;
  });
});

test('what is changed in the quiet hours after the client is made changes nothing', async (t) => {
  atMoment(t, '2027-01-15T12:00:00Z');
  const quietHours = { ...NIGHT };
  const { client, sent } = recorded(outdial, { quietHours });
  quietHours.end = '21:01';
  await assert.rejects(createCall(client, CALL), { code: 'not_allowed' });
  assert.deepEqual(sent, []);
});

test('a page without quiet hours loads no time zones', () => {
  const pkg = new URL('../../pkg/', import.meta.url);
  const lazy = ['./quiet-hours-spans.js', './zones/index.js'];
  for (const file of readdirSync(pkg).filter((name) => name.endsWith('.js') && name !== 'quiet-hours-spans.js')) {
    const imported = [...readFileSync(new URL(file, pkg), 'utf8').matchAll(/from '([^']+)'/g)].map(([, from]) => from);
    assert.ok(!imported.some((from) => lazy.includes(from) || from.includes('zones/')), file);
  }
});
