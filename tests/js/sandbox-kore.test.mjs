import assert from 'node:assert/strict';
import test from 'node:test';
import { createSandbox } from '../../pkg/sandbox/index.js';
import { ask, fixture, jwt, NUMBER, REQUESTS, send } from './sandbox-support.mjs';

const APPS = { 'cs-1': 'secret' };
const [PERSON] = REQUESTS['kore.createContact'].body;
const NOW_S = Math.floor(createSandbox().now / 1000);

const createContacts = (sandbox, body, headers) => ask(sandbox, 'kore.createContact', { body, headers });
const dialout = (sandbox, body, rest) => ask(sandbox, 'kore.createCall', { body, ...rest });
const person = (phoneNumber, fields) => ({ ...PERSON, cellPhone: { ...PERSON.cellPhone, phoneNumber }, ...fields });

function assertRefused({ status, body }, expected, message) {
  assert.equal(status, expected, JSON.stringify(body));
  assert.deepEqual(Object.keys(body), ['errors']);
  assert.ok(body.errors.every(({ msg, code }) => typeof msg === 'string' && typeof code === 'number'));
  assert.ok(body.errors.some(({ msg }) => message.test(msg)), JSON.stringify(body));
}

// The page masks digits of its numbers and ids.
const unmasked = (value) => JSON.parse(JSON.stringify(value).replace(/x{2,}/g, (mask) => '0'.repeat(mask.length)));

test('the sample request creates the contact of the sample response', async () => {
  const sandbox = createSandbox();
  const sample = fixture('curl-create-contact', 'kore');
  const [expected] = unmasked(fixture('contact-created', 'kore'));
  const url = sample.url.replace('{{host}}', 'platform.kore.ai').replace('{{streamId}}', expected.instanceBotId);
  const headers = { ...sample.headers, auth: REQUESTS['kore.createContact'].headers.auth, accountId: expected.accountId };
  const { status, body } = await send(sandbox, { ...sample, url, headers, body: unmasked(sample.body) });
  assert.equal(status, 200);
  assert.equal(body.length, 1);
  const [contact] = body;
  assert.deepEqual(Object.keys(contact), Object.keys(expected));
  const ofThisSandbox = ['createdBy', 'orgId', 'createdAt', 'updatedAt', 'id'];
  for (const name of Object.keys(expected)) {
    if (ofThisSandbox.includes(name)) assert.equal(shape(contact[name]), shape(expected[name]), name);
    else assert.deepEqual(contact[name], expected[name], name);
  }
  assert.deepEqual([sandbox.contacts[0].provider, sandbox.contacts[0].phone_number], ['kore', '+919876500000']);
});

const shape = (text) => text.replace(/[0-9a-f]/g, '9');

test('the numbers of a batch come back as E.164, in order', async () => {
  const sandbox = createSandbox();
  const italian = person('0612345678', { cellPhone: { phoneNumber: '0612345678', countryCode: '+39', extension: '39' } });
  const { body } = await createContacts(sandbox, [PERSON, italian]);
  assert.deepEqual(body.map(({ cellPhone }) => cellPhone.phoneNumber), [NUMBER, '+390612345678']);
  assert.equal(sandbox.created.kore.contacts, 2);
});

test('a number cannot be stored twice, under any name: 409, and nothing of the batch is stored', async () => {
  const sandbox = createSandbox();
  await createContacts(sandbox);
  assertRefused(await createContacts(sandbox, [person('4155550124'), { ...PERSON, firstName: 'Jane' }]), 409, /already exists/);
  assertRefused(await createContacts(sandbox, [person('4155550125'), person('4155550125')]), 409, /already exists/);
  assert.equal(sandbox.created.contacts, 1);
  assert.equal((await createContacts(sandbox, [person('4155550124')])).status, 200);
});

test('one name may have several numbers, and another stream the same number', async () => {
  const sandbox = createSandbox();
  await createContacts(sandbox, [PERSON, person('4155550124')]);
  const url = 'https://platform.kore.ai/agentassist/api/v1/public/st-2/contacts';
  assert.equal((await ask(sandbox, 'kore.createContact', { url })).status, 200);
  assert.equal(sandbox.created.contacts, 3);
});

const cell = (fields) => [{ ...PERSON, cellPhone: { ...PERSON.cellPhone, ...fields } }];
const CONTACTS = [
  [PERSON, /valid list/],
  [{ contacts: [PERSON] }, /valid list/],
  [[], /at least 1 item/],
  [['+14155550123'], /0: /],
  ...['firstName', 'lastName', 'salutation', 'cellPhone'].map((name) => [[{ ...PERSON, [name]: undefined }], new RegExp(`0\\.${name}: Field required`)]),
  ...['firstName', 'lastName', 'salutation'].map((name) => [[{ ...PERSON, [name]: '' }], new RegExp(`0\\.${name}: `)]),
  ...['phoneNumber', 'countryCode', 'extension'].map((name) => [cell({ [name]: undefined }), new RegExp(`0\\.cellPhone\\.${name}: Field required`)]),
  ...['+14155550123', '415-555-0123', '98765xxxxx', '415 555', '', '٤١٥'].map((phoneNumber) => [cell({ phoneNumber }), /0\.cellPhone\.phoneNumber: /]),
  [cell({ phoneNumber: 4155550123 }), /0\.cellPhone\.phoneNumber: .*valid string/],
  ...['91', '+', '+0', '+12345', 'IN'].map((countryCode) => [cell({ countryCode }), /0\.cellPhone\.countryCode: /]),
  [cell({ extension: '' }), /0\.cellPhone\.extension: /],
  [[PERSON, person('1', { firstName: 7 })], /1\.firstName: /],
];
for (const [body, message] of CONTACTS) {
  test(`contacts ${JSON.stringify(body, (_, value) => value ?? null).slice(0, 110)} are 400: ${message.source}`, async () => {
    const sandbox = createSandbox();
    const text = JSON.stringify(body);
    assertRefused(await createContacts(sandbox, text), 400, message);
    assert.deepEqual(sandbox.contacts, []);
  });
}

test('what no page forbids and is likely a mistake is accepted and warned of', async () => {
  const sandbox = createSandbox({ kore: { rateLimit: false } });
  const many = Array.from({ length: 101 }, (_, index) => person(`41555501${index}`));
  await createContacts(sandbox, many);
  await createContacts(sandbox, [person('123456789012345', { salutation: 'Dr' })]);
  const [first, second] = sandbox.requests.map(({ warnings }) => warnings);
  assert.deepEqual(first, ['more than 100 contacts in one request']);
  assert.deepEqual(second, ['0.cellPhone has more than 15 digits', '0.salutation is neither Mr nor Mrs']);
  assert.equal(sandbox.created.contacts, 102);
});

test('a contact without accountId, with another content type or a broken body is 400', async () => {
  const sandbox = createSandbox();
  assertRefused(await createContacts(sandbox, undefined, { accountId: '' }), 400, /accountId/);
  assertRefused(await createContacts(sandbox, undefined, { 'Content-Type': 'text/plain' }), 400, /Content-Type/);
  assertRefused(await createContacts(sandbox, '['), 400, /not JSON/);
});

for (const version of ['', 'v2/', 'V2/']) {
  test(`${version || 'v1/'}smartassist/dialout dials a tel: target without +`, async () => {
    const sandbox = createSandbox();
    const url = `https://platform.kore.ai/api/1.1/public/bot/st-1/${version}smartassist/dialout`;
    const { status, body } = await dialout(sandbox, {}, { url });
    assert.equal(status, 200);
    assert.deepEqual(Object.keys(body), ['sid', 'callId']);
    assert.deepEqual(sandbox.rang, { [NUMBER]: 1 });
    const [call] = sandbox.calls;
    assert.deepEqual([call.provider, call.id, call.sid, call.bot, call.status], ['kore', body.callId, body.sid, 'st-1', 'queued']);
    sandbox.advance(70_000);
    assert.equal(sandbox.calls[0].status, 'completed');
  });
}

test('every option of a dialout is accepted, in both of its spellings, and a sip: target too', async () => {
  const sandbox = createSandbox();
  const options = {
    botId: 'st-1', target: 'sip:jane@example.com', notifyurl: 'https://example.com/n', notifyHeaders: { a: 'b' }, timeoutInMs: 30_000, trunk: 't',
    metadata: { a: 1 }, timers: {}, machinedetection: 'detect', machineDetection: 'disabled', thresholdWordCount: 5, callControlParameter: {}, amdEventsSubscription: ['a'],
  };
  assert.equal((await dialout(sandbox, { bot: undefined, ...options })).status, 200);
  assert.deepEqual(sandbox.rang, { 'sip:jane@example.com': 1 });
  assert.deepEqual(sandbox.requests[0].ignored, []);
});

const CALLS = [
  [{ bot: undefined }, /bot: Field required/],
  [{ bot: 'st-2' }, /not the one of the path/],
  [{ botId: 'st-2' }, /not the one of the path/],
  [{ target: undefined }, /target: Field required/],
  [{ caller: undefined }, /caller: Field required/],
  ...['tel:+14155550123', '14155550123', '+14155550123', 'tel:', 'tel:0123', 'tel:1415555x', 'sip:', 'tel:1234567890123456'].map((target) => [{ target }, /target: /]),
  [{ caller: '' }, /caller: /],
  [{ machineDetection: 'on' }, /machineDetection: /],
  [{ machinedetection: true }, /machinedetection: /],
  [{ timeoutInMs: '30' }, /timeoutInMs: /],
  [{ thresholdWordCount: 1.5 }, /thresholdWordCount: /],
  [{ metadata: [] }, /metadata: /],
  [{ notifyHeaders: 'x' }, /notifyHeaders: /],
  [{ amdEventsSubscription: 'x' }, /amdEventsSubscription: /],
  [[], /body: /],
];
for (const [body, message] of CALLS) {
  test(`a dialout with ${JSON.stringify(body, (_, value) => value ?? null)} is 400`, async () => {
    const sandbox = createSandbox();
    assertRefused(await dialout(sandbox, body), 400, message);
    assert.deepEqual([sandbox.calls, sandbox.rang], [[], {}]);
  });
}

test('a target that ends in 0502 is 502, one in 0422 is 400 with a code that is no status', async () => {
  const sandbox = createSandbox();
  assertRefused(await dialout(sandbox, { target: 'tel:14155550502' }), 502, /voice gateway/);
  const { status, body } = await dialout(sandbox, { target: 'tel:14155550422' });
  assert.deepEqual([status, body.errors[0].code], [400, 4002]);
  assert.deepEqual(sandbox.rang, {});
});

test('another path is 404, another method 405', async () => {
  const sandbox = createSandbox();
  for (const path of ['/agentassist/api/v1/public/st-1/contact', '/api/1.1/public/bot/st-1/v3/smartassist/dialout']) {
    assertRefused(await send(sandbox, { url: `https://platform.kore.ai${path}` }), 404, /does not exist/);
  }
  assertRefused(await send(sandbox, { url: REQUESTS['kore.createContact'].url }), 405, /not allowed/);
});

const GOOD = { sub: '1234567890', appId: 'cs-1' };
const TOKENS = [
  ['no token', '', /header auth is missing/],
  ['text', 'any', /jwt malformed/],
  ['a Bearer token', `Bearer ${jwt(GOOD, 'secret')}`, /jwt malformed/],
  ['claims that are not JSON', jwt(GOOD, 'secret').replace(/\.[^.]+\./, '.bm90IGpzb24.'), /jwt malformed/],
  ['no signature', jwt(GOOD, 'secret').replace(/[^.]+$/, ''), /invalid signature/],
  ['alg none', jwt(GOOD, 'secret', { alg: 'none' }), /invalid algorithm/],
  ['alg HS512', jwt(GOOD, 'secret', { alg: 'HS512' }), /invalid algorithm/],
  ['no sub', jwt({ appId: 'cs-1' }, 'secret'), /"sub" claim/],
  ['appid in lower case', jwt({ sub: '1', appid: 'cs-1' }, 'secret'), /"appId" claim/],
  ['claims that are null', jwt(null, 'secret'), /"sub" claim/],
  ['a time that has passed', jwt({ ...GOOD, exp: NOW_S }, 'secret'), /jwt expired/],
  ['a time that is text', jwt({ ...GOOD, exp: 'soon' }, 'secret'), /invalid exp/],
];
for (const [name, auth, message] of TOKENS) {
  test(`a JWT with ${name} is 401`, async () => {
    for (const apps of [undefined, APPS]) {
      const sandbox = createSandbox({ kore: { apps } });
      for (const operation of ['createContact', 'createCall']) assertRefused(await ask(sandbox, `kore.${operation}`, { headers: { auth } }), 401, message);
      assert.deepEqual(sandbox.created.kore, { calls: 0, contacts: 0 });
    }
  });
}

test('where apps are given the signature must be theirs', async () => {
  const sandbox = createSandbox({ kore: { apps: APPS } });
  const asking = (auth) => dialout(sandbox, {}, { headers: { auth } });
  assertRefused(await asking(jwt(GOOD, 'guessed')), 401, /invalid signature/);
  assertRefused(await asking(jwt({ ...GOOD, appId: 'cs-2' }, 'secret')), 401, /app is not known/);
  assertRefused(await asking(jwt({ ...GOOD, appId: 'toString' }, 'secret')), 401, /app is not known/);
  const [head, , signature] = jwt(GOOD, 'secret').split('.');
  const forged = jwt({ ...GOOD, sub: 'other' }, 'secret').split('.')[1];
  assertRefused(await asking([head, forged, signature].join('.')), 401, /invalid signature/);
  for (const _ of [1, 2]) assert.equal((await asking(jwt(GOOD, 'secret'))).status, 200);
});

test('enforceJti wants a jti, an exp within the hour, and every token only once', async () => {
  const errors = fixture('jwt-errors', 'kore');
  const sandbox = createSandbox({ kore: { apps: APPS, enforceJti: true } });
  const asking = (claims) => dialout(sandbox, {}, { headers: { auth: jwt({ ...GOOD, ...claims }, 'secret') } });
  assertRefused(await asking({ exp: NOW_S + 60 }), 401, /"jti" claim is required/);
  for (const exp of [undefined, NOW_S + 3601]) {
    const { status, body } = await asking({ jti: 'a', exp });
    assert.deepEqual([status, body], [401, errors.expTooFar]);
  }
  assert.equal((await asking({ jti: 'a', exp: NOW_S + 3600 })).status, 200);
  const again = await asking({ jti: 'a', exp: NOW_S + 60 });
  assert.deepEqual([again.status, again.body], [401, errors.replay]);
  assert.equal((await asking({ jti: 'b', exp: NOW_S + 60 })).status, 200);
  assert.equal(sandbox.created.calls, 2);
  sandbox.reset();
  assert.equal((await asking({ jti: 'a', exp: NOW_S + 60 })).status, 200);
});

test('contacts and calls share 60 requests a minute of their account', async () => {
  const sandbox = createSandbox();
  for (let count = 0; count < 30; count += 1) {
    assert.equal((await createContacts(sandbox, [person(`41555501${count}`)])).status, 200);
    assert.equal((await dialout(sandbox)).status, 200);
  }
  assertRefused(await createContacts(sandbox, [person('4155550199')]), 429, /60 requests per minute/);
  const refused = await dialout(sandbox);
  assertRefused(refused, 429, /60 requests per minute/);
  assert.deepEqual([...refused.headers.keys()], ['content-type']);
  assert.deepEqual(sandbox.created.kore, { calls: 30, contacts: 30 });
  sandbox.advance(60_000);
  assert.equal((await dialout(sandbox)).status, 200);
});

test('two apps of one account share its limit too', async () => {
  const sandbox = createSandbox({ kore: { rateLimit: 1 } });
  const asApp = (appId, phoneNumber) => createContacts(sandbox, [person(phoneNumber)], { auth: jwt({ sub: '1', appId }, 's') });
  assert.equal((await asApp('cs-1', '4155550123')).status, 200);
  assert.equal((await asApp('cs-2', '4155550124')).status, 429);
});
