import assert from 'node:assert/strict';
import test from 'node:test';
import * as outdial from '../../pkg/index.node.js';
import { openFaults } from './support/faults.mjs';
import { API_KEY, clientOf, faultyUrl, json, NAMES, OPERATIONS, run, settled } from './support/outcome.mjs';
import { assertKeepsSecrets as assertKeeps } from './support/secrets.mjs';

const { createClient } = outdial;
const faults = await openFaults();
test.after(faults.close);
const env = { outdial, faultsUrl: faults.url };
const assertKeepsSecrets = (thing, secrets = [API_KEY]) => assertKeeps(thing, secrets);

const echo = (status, headers) => json(status, {
  error: { code: 'x', message: `The key ${API_KEY} is refused`, details: { got: [`Bearer ${API_KEY}`], [API_KEY]: 1 } },
  meta: { request_id: `req_${API_KEY}` },
}, { headers });

/** Failures after the request was made, as recipes of the server of faults. */
const RECIPES = {
  ...Object.fromEntries([400, 401, 402, 403, 404, 408, 409, 422, 429, 500, 502].map((status) => [status, json(status, { error: { code: 'x', message: 'no' } })])),
  'a refusal that echoes the key': echo(401),
  'a failure that echoes the key': echo(500),
  'a redirect that echoes the key': { status: 302, headers: { location: `https://elsewhere.example/?key=${API_KEY}` } },
  'a request id in a header that is the key': { status: 401, headers: { 'x-request-id': API_KEY } },
  'a field problem that echoes the key': json(422, { detail: [{ loc: ['body', API_KEY], msg: `not ${API_KEY}`, type: API_KEY }] }),
  'no JSON': { status: 201, body: '<html>' },
  'no data': json(201, {}),
  'half a body': json(201, { data: { id: 'x' } }, { ending: 'cut' }),
  'a broken connection': { ending: 'reset' },
  'no answer': { ending: 'hang' },
};

for (const name of NAMES) {
  for (const [what, recipe] of Object.entries(RECIPES)) {
    test(`${name}: an error after ${what} shows no secret`, async () => {
      const { baseUrl } = faultyUrl(env, recipe);
      const { error } = await settled(run(env, clientOf(env, { baseUrl, timeoutMs: 300 }), name));
      assert.ok(outdial.isOutdialError(error), String(error));
      assertKeepsSecrets(error);
    });
  }

  for (const [what, fetch] of Object.entries({
    'a fetch that throws': () => { throw new Error('no'); },
    'a fetch that rejects with a string': () => Promise.reject('no'),
    'a fetch that answers nothing': () => undefined,
  })) {
    test(`${name}: an error after ${what} shows no secret`, async () => {
      assertKeepsSecrets((await settled(run(env, clientOf(env, { fetch }), name))).error);
    });
  }

  test(`${name}: an error of input and options shows neither the key nor what was given`, async () => {
    const input = { ...OPERATIONS[name].input, phoneNumber: 'call 4155552671 now', email: 'private person', secret_field: 'hush hush' };
    const { error } = await settled(run(env, clientOf(env), name, { input, options: { idempotencyKey: 'hush hush\n' } }));
    assert.equal(error.code, 'invalid_input');
    assertKeepsSecrets(error, [API_KEY, '4155552671', 'private person', 'hush hush']);
  });

  test(`${name}: an abort and a closed port show no secret`, async () => {
    const aborted = await settled(run(env, clientOf(env), name, { options: { signal: AbortSignal.abort() } }));
    assertKeepsSecrets(aborted.error);
    const { error } = await settled(run(env, clientOf(env, { baseUrl: 'http://127.0.0.1:9' }), name));
    assertKeepsSecrets(error);
  });
}

test('a client shows no secret', () => {
  const client = clientOf(env);
  assertKeepsSecrets(client);
  assert.deepEqual(Object.keys(client), ['provider']);
});

for (const [what, config] of Object.entries({
  'a key with a line break': { apiKey: `${API_KEY}\n` },
  'a key with a space': { apiKey: `Bearer ${API_KEY}` },
  'a key beyond ASCII': { apiKey: `${API_KEY}é` },
  'a key in a field of another name': { apiKey: undefined, api_key: API_KEY },
  'a key that is wrapped': { apiKey: { value: API_KEY } },
  'a key in baseUrl': { apiKey: API_KEY, baseUrl: `https://${API_KEY}@api.example` },
  'a bad baseUrl': { apiKey: API_KEY, baseUrl: 'nowhere' },
  'a platform that is none': { apiKey: API_KEY, provider: 'nobody' },
  'a getter that throws the key': Object.defineProperty({ apiKey: API_KEY }, 'baseUrl', { enumerable: true, get() { throw new Error(API_KEY); } }),
})) {
  test(`createClient: an error of ${what} shows no secret`, () => {
    const descriptors = { ...Object.getOwnPropertyDescriptors({ provider: 'truedy' }), ...Object.getOwnPropertyDescriptors(config) };
    assert.throws(() => createClient(Object.defineProperties({}, descriptors)), (error) => {
      assert.equal(error.code, 'invalid_input');
      assertKeepsSecrets(error);
      return true;
    });
  });
}

test('events show no secret, and of a number only its calling code and its end', async () => {
  const events = [];
  for (const recipe of [json(201, OPERATIONS.createCall.created), echo(500), echo(401), { ending: 'reset' }]) {
    const { baseUrl } = faultyUrl(env, recipe);
    const client = clientOf(env, { baseUrl, onEvent: (event) => events.push(event), maxRetries: 1 });
    for (const name of NAMES) await settled(run(env, client, name, { options: { totalTimeoutMs: 1_000 } }));
  }
  assert.ok(events.length >= 10, `${events.length} events`);
  for (const event of events) {
    assertKeepsSecrets(event, [API_KEY, '4155552671', '415555']);
    assert.doesNotMatch(event.phoneNumber ?? '', /[a-z]/i);
  }
});
