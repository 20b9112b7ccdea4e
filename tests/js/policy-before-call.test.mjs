import assert from 'node:assert/strict';
import test from 'node:test';
import * as outdial from '../../pkg/index.node.js';
import { CALL, settled } from './support/outcome.mjs';
import { recorded } from './support/recorded.mjs';

const { checkPolicy, createCall, createClient } = outdial;
const NUMBER = CALL.phoneNumber;

const never = () => new Promise(() => {});
const thenThrows = { get then() { throw new Error('then'); } };
const allowThrows = { get allow() { throw new Error('allow'); } };

const REFUSING = {
  'throws': () => { throw new Error('the list is down'); },
  'throws undefined': () => { throw undefined; },
  'rejects': () => Promise.reject(new Error('the list is down')),
  'answers nothing': () => undefined,
  'answers null': () => null,
  'answers true': () => true,
  'answers text': () => 'yes',
  'answers an empty object': () => ({}),
  "answers allow: 'yes'": () => ({ allow: 'yes' }),
  'answers allow: 1': () => ({ allow: 1 }),
  'answers allow: false': () => ({ allow: false }),
  'answers an allow that throws': () => allowThrows,
  'answers a promise that throws': () => thenThrows,
  'answers a reason that is no text': () => ({ allow: false, reason: { toString: () => assert.fail('read') } }),
};

for (const [what, beforeCall] of Object.entries(REFUSING)) {
  test(`a rule of the caller's that ${what} refuses`, async () => {
    const { sent, client } = recorded(outdial, { beforeCall });
    const { error } = await settled(createCall(client, CALL));
    assert.deepEqual([error?.code, error?.details?.rule, error?.attempts], ['not_allowed', 'beforeCall', 0]);
    assert.ok(error.message.length > 0 && !JSON.stringify(error).includes(NUMBER.slice(2)));
    assert.deepEqual(sent, []);
    const decision = await checkPolicy({ beforeCall }, NUMBER);
    assert.deepEqual([decision.allowed, decision.rule, decision.reason], [false, 'beforeCall', error.message]);
  });
}

test("a rule of the caller's that never answers refuses when the attempt's time is up", async () => {
  const { sent, client } = recorded(outdial, { beforeCall: never }, { timeoutMs: 30 });
  const { error } = await settled(createCall(client, CALL));
  assert.deepEqual([error?.code, error?.details?.rule], ['not_allowed', 'beforeCall']);
  assert.deepEqual(sent, []);
});

test('checkPolicy does not wait for ever either', async (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  let decision;
  const asked = new Promise((resolve) => {
    decision = checkPolicy({ beforeCall: () => (resolve(), never()) }, NUMBER);
  });
  await asked;
  t.mock.timers.tick(30_000);
  assert.deepEqual([(await decision).allowed, (await decision).rule], [false, 'beforeCall']);
});

test("a signal that fires while the caller's rule thinks ends the call unsent", async () => {
  const controller = new AbortController();
  const { sent, client } = recorded(outdial, { beforeCall: () => (controller.abort(), never()) });
  const { error } = await settled(createCall(client, CALL, { signal: controller.signal }));
  assert.equal(error?.code, 'aborted');
  assert.deepEqual(sent, []);
});

test("the caller's rule hears the number as it is dialled, and its reason is passed on", async () => {
  const heard = [];
  const beforeCall = async (phone) => {
    heard.push(phone);
    return { allow: false, reason: 'On the do-not-call list' };
  };
  const { client } = recorded(outdial, { beforeCall });
  const { error } = await settled(createCall(client, { ...CALL, phoneNumber: '+1 (415) 555-2671' }));
  assert.equal(error.message, 'On the do-not-call list');
  assert.deepEqual(heard, [{ e164: NUMBER, region: 'US', callingCode: '1', nationalNumber: '4155552671', type: 'fixed_line_or_mobile' }]);
});

test("a number that the data of the policy refuses is not shown to the caller's rule, nor one in its quiet hours", async (t) => {
  t.mock.timers.enable({ apis: ['Date'], now: Date.parse('2027-01-15T12:00:00Z') });
  const beforeCall = () => assert.fail('asked');
  for (const [rules, rule] of [[{ regions: ['GB'] }, 'regions'], [{ quietHours: { start: '21:00', end: '08:00' } }, 'quietHours']]) {
    const { client } = recorded(outdial, { ...rules, beforeCall });
    assert.equal((await settled(createCall(client, CALL))).error.details.rule, rule);
    assert.equal((await checkPolicy({ ...rules, beforeCall }, NUMBER)).rule, rule);
  }
});

test('a number that every rule lets pass is called, and asked about once', async (t) => {
  t.mock.timers.enable({ apis: ['Date'], now: Date.parse('2027-01-15T20:00:00Z') });
  let asked = 0;
  const beforeCall = () => ({ allow: (asked += 1) > 0 });
  const { sent, client } = recorded(outdial, { regions: ['US'], quietHours: { start: '21:00', end: '08:00' }, beforeCall });
  assert.equal((await createCall(client, CALL)).id, 'call_1');
  assert.deepEqual([asked, sent.length], [1, 1]);
});

test('a rule of null is as good as none', async () => {
  for (const rules of [{ quietHours: null, beforeCall: null }, { quietHours: null }, { beforeCall: null }, { quietHours: undefined }]) {
    const { client } = recorded(outdial, { regions: ['US'], ...rules });
    assert.equal((await createCall(client, CALL)).id, 'call_1');
    assert.equal((await checkPolicy({ regions: ['US'], ...rules }, NUMBER)).allowed, true);
    assert.equal((await settled(createCall(recorded(outdial, { regions: ['GB'], ...rules }).client, CALL))).error.details.rule, 'regions');
  }
});

test('a rule that is no function, or that cannot be read, is refused when the client is made', () => {
  const throwing = Object.defineProperty({}, 'beforeCall', { enumerable: true, get: () => assert.fail('read') });
  class Inherited { get beforeCall() { throw new Error('read'); } }
  for (const policy of [{ beforeCall: true }, { beforeCall: false }, { beforeCall: {} }, { beforeCall: '' }, throwing, new Inherited()]) {
    assert.throws(() => createClient({ provider: 'truedy', apiKey: 'k', policy }), (error) => {
      assert.deepEqual(error.issues.map(({ path, code }) => `${path} ${code}`), ['policy.beforeCall invalid_type']);
      return true;
    });
  }
});

test('a policy made by a class keeps its rules, and a frozen configuration is read', async () => {
  class Rules { beforeCall() { return { allow: false, reason: 'inherited' }; } }
  const { client } = recorded(outdial, Object.freeze(new Rules()));
  assert.equal((await settled(createCall(client, CALL))).error.message, 'inherited');
  const fetch = async () => new Response('{"data":{"id":"x","status":"queued"}}', { status: 201 });
  const frozen = Object.freeze({ provider: 'truedy', apiKey: 'k', fetch, policy: Object.freeze({ beforeCall: () => ({ allow: true }) }) });
  assert.equal((await createCall(createClient(frozen), CALL)).id, 'x');
});

test('a getter of the configuration that throws is named beside the rules of the caller', () => {
  const config = Object.defineProperty({ provider: 'truedy', policy: { beforeCall: () => {} } }, 'apiKey', { enumerable: true, get: () => assert.fail('read') });
  assert.throws(() => createClient(config), (error) => error.code === 'invalid_input' && error.issues.some(({ path }) => path === 'apiKey'));
});
