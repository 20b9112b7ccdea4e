import assert from 'node:assert/strict';
import test from 'node:test';
import { CALLS, CONFIGS, CONTACTS, failure, NUMBER, open, outdial } from './support/platforms.mjs';
import { jwt } from './sandbox-support.mjs';

const { createCall, createClient, createContact, createContacts, deleteCall } = outdial;

const SECRET = 'kore_hush_5';
const APPS = { 'cs-1': SECRET };
const claimsOf = (token) => JSON.parse(Buffer.from(token.split('.')[1], 'base64url'));
const tokens = (sandbox) => sandbox.requests.map(({ headers }) => headers.auth);
const withAuth = (auth, options = {}) => open('kore', { config: { auth, ...options.config }, ...options.sandbox, kore: { apps: APPS, ...options.kore } });
const numbers = (count) => Array.from({ length: count }, (_, index) => `+1415555${String(2000 + index)}`);

const collect = async (results) => {
  const all = [];
  for await (const result of results) all.push(result);
  return all;
};

test('a number is split into calling code and national digits, and joined again in the answer', async () => {
  const { sandbox, client } = open('kore');
  for (const [e164, countryCode, phoneNumber] of [
    ['+14155550123', '+1', '4155550123'],
    ['+79161234567', '+7', '9161234567'],
    ['+442079460123', '+44', '2079460123'],
    ['+919876543210', '+91', '9876543210'],
    ['+390612345678', '+39', '0612345678'],
    ['+353851234567', '+353', '851234567'],
    ['+35799123456', '+357', '99123456'],
    ['+971501234567', '+971', '501234567'],
  ]) {
    const contact = await createContact(client, { ...CONTACTS.kore, phoneNumber: e164 });
    assert.deepEqual(sandbox.requests.at(-1).json[0].cellPhone, { phoneNumber, countryCode, extension: '+' });
    assert.equal(contact.phoneNumber, e164);
  }
});

test('a contact is a list of one, with the names of the page', async () => {
  const { sandbox, client } = open('kore');
  const contact = await createContact(client, { ...CONTACTS.kore, extension: '77', extra: { note: 'x' } });
  const [{ url, headers, json }] = sandbox.requests;
  assert.equal(url, 'https://platform.kore.ai/agentassist/api/v1/public/st-1/contacts');
  assert.equal(headers.accountid, CONFIGS.kore.accountId);
  assert.deepEqual(json, [{ firstName: 'Jane', lastName: 'Doe', salutation: 'Mrs', cellPhone: { phoneNumber: '4155550123', countryCode: '+1', extension: '77' }, note: 'x' }]);
  assert.deepEqual([contact.id, contact.name, contact.firstName, contact.provider], [sandbox.contacts[0].id, 'Jane Doe', 'Jane', 'kore']);
});

test('a number that is stored already is conflict, and is not stored again', async () => {
  const { sandbox, client } = open('kore');
  await createContact(client, CONTACTS.kore);
  const error = await failure(createContact(client, { ...CONTACTS.kore, firstName: 'Other' }));
  assert.deepEqual([error.code, error.attempts, sandbox.created.contacts], ['conflict', 1, 1]);
});

test('a call is dialled with a tel URI, from the agent\'s bot or the client\'s', async () => {
  const { sandbox, client } = open('kore');
  const call = await createCall(client, { ...CALLS.kore, variables: { order: '7' } });
  const [{ url, json, headers }] = sandbox.requests;
  assert.equal(url, 'https://platform.kore.ai/api/1.1/public/bot/bot-1/smartassist/dialout');
  assert.deepEqual(json, { bot: 'bot-1', botId: 'bot-1', target: 'tel:14155550123', caller: '+14155550100', metadata: { order: '7' } });
  assert.equal(headers['x-idempotency-key'], undefined);
  assert.deepEqual([call.status, call.phoneNumber, call.agentId], ['queued', NUMBER, 'bot-1']);
  assert.equal(call.id, sandbox.calls[0].id);

  const own = open('kore', { config: { botId: 'bot-2' } });
  const { agentId, ...rest } = CALLS.kore;
  await createCall(own.client, rest);
  assert.ok(own.sandbox.requests[0].url.includes('/bot/bot-2/'));
  assert.equal((await failure(createCall(client, rest))).issues[0].path, 'agentId');
});

test('a given token travels as it is', async () => {
  const token = jwt({ sub: '1', appId: 'cs-1' }, SECRET);
  const { sandbox, client } = withAuth({ jwt: token });
  await createContact(client, CONTACTS.kore);
  assert.deepEqual(tokens(sandbox), [token]);
});

test('a minted token holds what the page asks for and nothing that expires, and its signature is good', async () => {
  const { sandbox, client } = withAuth({ clientId: 'cs-1', clientSecret: SECRET });
  await createContact(client, CONTACTS.kore);
  assert.deepEqual(claimsOf(tokens(sandbox)[0]), { sub: 'outdial', appId: 'cs-1' });
  assert.ok(!JSON.stringify(sandbox.requests).includes(SECRET));

  const wrong = withAuth({ clientId: 'cs-1', clientSecret: 'other' });
  assert.equal((await failure(createContact(wrong.client, CONTACTS.kore))).code, 'unauthorized');
});

test('secrets of any length and script are signed with as others do', async () => {
  for (const secret of ['s', 'ü€😀', 'x'.repeat(64), 'y'.repeat(500)]) {
    const { client } = withAuth({ clientId: 'cs-"1\\ü', clientSecret: secret }, { kore: { apps: { 'cs-"1\\ü': secret } } });
    assert.ok((await createContact(client, CONTACTS.kore)).id);
  }
});

test('with jti each attempt has a token of its own, good for at most an hour', async () => {
  const { sandbox, client } = withAuth({ clientId: 'cs-1', clientSecret: SECRET, jti: true }, { kore: { enforceJti: true } });
  sandbox.faults([{ kind: 'status', status: 429, hint: 'retry_after_seconds', afterMs: 1, times: 1 }]);
  await createContact(client, CONTACTS.kore);
  await createCall(client, CALLS.kore);
  const claims = tokens(sandbox).map(claimsOf);
  assert.equal(claims.length, 3);
  assert.equal(new Set(claims.map(({ jti }) => jti)).size, 3);
  const now = Date.now() / 1000;
  for (const { iat, exp } of claims) assert.ok(Math.abs(iat - now) < 10 && exp - iat > 0 && exp - iat <= 3_600, `${iat} ${exp}`);

  const longest = withAuth({ clientId: 'cs-1', clientSecret: SECRET, expiresInSeconds: 3_600 }, { kore: { enforceJti: true } });
  await createContact(longest.client, CONTACTS.kore);
  const { iat, exp } = claimsOf(tokens(longest.sandbox)[0]);
  assert.equal(exp - iat, 3_600);
  assert.throws(() => createClient({ ...CONFIGS.kore, auth: { clientId: 'c', clientSecret: 's', expiresInSeconds: 3_601 } }), { code: 'invalid_input' });
});

test('without jti an app that enforces it answers 401, and nothing is stored', async () => {
  const { sandbox, client } = withAuth({ clientId: 'cs-1', clientSecret: SECRET }, { kore: { enforceJti: true } });
  assert.equal((await failure(createContact(client, CONTACTS.kore))).code, 'unauthorized');
  assert.equal(sandbox.created.contacts, 0);
});

test('a function is asked for each attempt, and for a fresh token once after a 401', async () => {
  const asked = [];
  const { sandbox, client } = withAuth(async ({ fresh }) => {
    asked.push(fresh);
    return fresh ? jwt({ sub: '1', appId: 'cs-1' }, SECRET) : jwt({ sub: '1', appId: 'cs-1' }, 'expired');
  });
  await createContact(client, CONTACTS.kore);
  assert.deepEqual([asked, sandbox.created.contacts], [[false, true], 1]);
});

test('a second 401 is final, also where retries are left', async () => {
  let asked = 0;
  const { sandbox, client } = withAuth(async () => `bad.${(asked += 1)}.token`);
  const error = await failure(createCall(client, CALLS.kore));
  assert.deepEqual([error.code, error.attempts, asked, sandbox.requests.length], ['unauthorized', 2, 2, 2]);
  assert.equal(sandbox.created.calls, 0);
});

test('a function that throws, gives no token or never answers sends nothing', async () => {
  const boom = new Error('boom');
  const never = () => new Promise(() => {});
  for (const [auth, cause] of [[() => { throw boom; }, boom], [async () => { throw boom; }, boom], [() => undefined], [() => 7], [() => 'a\nb'], [never]]) {
    const { sandbox, client } = withAuth(auth, { config: { timeoutMs: 60, maxRetries: 0 } });
    const error = await failure(createCall(client, CALLS.kore));
    assert.deepEqual([error.code, error.attempts, sandbox.requests.length], ['network', 0, 0]);
    if (cause) assert.equal(error.cause, cause);
  }
});

test('the pause before an attempt is not the cause of its failure', async () => {
  const { client } = withAuth(() => 7, { config: { maxRetries: 1 } });
  const error = await failure(createContact(client, CONTACTS.kore));
  assert.deepEqual([error.code, error.cause], ['network', undefined]);
});

test('many contacts are one request per batch, each with its own result in the order of the inputs', async () => {
  const { sandbox, client } = open('kore');
  const inputs = numbers(150).map((phoneNumber) => ({ ...CONTACTS.kore, phoneNumber }));
  const results = await collect(createContacts(client, inputs));
  assert.deepEqual(sandbox.requests.map(({ json }) => json.length), [100, 50]);
  assert.deepEqual(results.map(({ index, ok, value }) => [index, ok, value.phoneNumber]), numbers(150).map((number, index) => [index, true, number]));
  assert.equal(new Set(results.map(({ value }) => value.id)).size, 150);
  assert.deepEqual(results[7].value.raw.id, results[7].value.id);
});

test('an input that cannot be sent fails alone; the rest of its batch is sent', async () => {
  const { sandbox, client } = open('kore');
  const good = numbers(3).map((phoneNumber) => ({ ...CONTACTS.kore, phoneNumber }));
  const results = await collect(createContacts(client, [good[0], { phoneNumber: 'no' }, good[1], null, good[2]]));
  assert.deepEqual(results.map(({ index, ok }) => [index, ok]), [[0, true], [1, false], [2, true], [3, false], [4, true]]);
  assert.deepEqual([results[1].error.code, results[1].error.attempts], ['invalid_input', 0]);
  assert.equal(sandbox.requests.length, 1);
});

test('a batch with a number that is stored already is refused whole, and the next batch is sent', async () => {
  const { sandbox, client } = open('kore');
  await createContact(client, { ...CONTACTS.kore, phoneNumber: numbers(1)[0] });
  const results = await collect(createContacts(client, numbers(120).map((phoneNumber) => ({ ...CONTACTS.kore, phoneNumber }))));
  assert.deepEqual(results.map(({ ok, error }) => (ok ? 'ok' : error.code)), [...Array(100).fill('conflict'), ...Array(20).fill('ok')]);
  assert.equal(sandbox.created.contacts, 21);
});

test('a batch whose answer is lost is sent once, and each of its inputs is told', async () => {
  const { sandbox, client } = open('kore', { faults: [{ kind: 'cut_after', times: 1 }] });
  const results = await collect(createContacts(client, numbers(3).map((phoneNumber) => ({ ...CONTACTS.kore, phoneNumber }))));
  assert.deepEqual(results.map(({ error }) => error.code), Array(3).fill('outcome_unknown'));
  assert.deepEqual([sandbox.requests.length, sandbox.created.contacts], [1, 3]);
});

test('inputs may come from a generator, and are asked for as results are taken', async () => {
  for (const [provider, before] of [['kore', 100], ['truedy', 1]]) {
    const { sandbox, client } = open(provider);
    let made = 0;
    async function* inputs() {
      for (const phoneNumber of numbers(1_000)) {
        made += 1;
        yield { ...CONTACTS[provider], phoneNumber };
      }
    }
    for await (const { ok, index } of createContacts(client, inputs(), { concurrency: 1 })) {
      assert.deepEqual([ok, index, made], [true, 0, before]);
      break;
    }
    assert.equal(sandbox.requests.length, 1);
  }
});

test('elsewhere many contacts are a request each, and one that fails does not end the rest', async () => {
  const { sandbox, client } = open('truedy', { faults: [{ kind: 'status', status: 422, skip: 1, times: 1 }] });
  const results = await collect(createContacts(client, numbers(3).map((phoneNumber) => ({ phoneNumber }))));
  assert.deepEqual(results.map(({ ok, error }) => (ok ? 'ok' : error.code)), ['ok', 'rejected', 'ok']);
  assert.equal(sandbox.requests.length, 3);
});

test('inputs that are no list are invalid_input', async () => {
  const { client } = open('kore');
  for (const inputs of [undefined, 7, {}]) assert.equal((await failure(collect(createContacts(client, inputs)))).code, 'invalid_input');
});

test('what the platform has no place for is refused, and an operation that it lacks is unsupported', async () => {
  const { sandbox, client } = open('kore');
  for (const [run, path] of [
    [() => createContact(client, { phoneNumber: NUMBER, firstName: 'J', lastName: 'D' }), 'salutation'],
    [() => createContact(client, { ...CONTACTS.kore, email: 'a@b.example' }), 'email'],
    [() => createCall(client, { ...CALLS.kore, contactId: 'x' }), 'contactId'],
    [() => createCall(client, { agentId: 'b', phoneNumber: NUMBER }), 'fromNumber'],
    [() => createCall(client, { ...CALLS.kore, extra: { target: 'tel:1' } }), 'extra.target'],
  ]) {
    const error = await failure(run());
    assert.equal(error.code, 'invalid_input');
    assert.ok(error.issues.some((issue) => issue.path === path), JSON.stringify(error.issues));
  }
  assert.equal((await failure(deleteCall(client, 'x'))).code, 'unsupported');
  assert.equal(sandbox.requests.length, 0);
});

test('too many requests are rate_limited', async () => {
  const { client } = open('kore', { kore: { rateLimit: 1 }, config: { maxRetries: 0 } });
  await createContact(client, CONTACTS.kore);
  assert.equal((await failure(createCall(client, CALLS.kore))).code, 'rate_limited');
});
