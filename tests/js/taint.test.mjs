import assert from 'node:assert/strict';
import test from 'node:test';
import { createRelay } from '../../pkg/relay.js';
import { FAULTS, OPERATIONS } from './support/matrix.mjs';
import { CALLS, clientOf, CONFIGS, CONTACTS, each, open, outdial, settled } from './support/platforms.mjs';
import { messageOf, post } from './support/relay.mjs';
import { assertKeepsSecrets } from './support/secrets.mjs';

// In every secret of CONFIGS; a JWT has it in no readable place, so its parts are asked for too.
const HUSH = ['hush'];
const QUICK = { timeoutMs: 150, totalTimeoutMs: 600, maxRetries: 1 };

/** What the process writes or rejects while `work` is done. */
async function overheard(work) {
  const heard = [];
  const listen = (thing) => heard.push(thing);
  const names = ['log', 'info', 'warn', 'error', 'debug', 'trace'];
  const kept = names.map((name) => console[name]);
  for (const name of names) console[name] = (...things) => heard.push(...things);
  process.on('unhandledRejection', listen).on('warning', listen);
  try {
    await work();
    await new Promise((resolve) => { setTimeout(resolve, 5); });
  } finally {
    names.forEach((name, index) => (console[name] = kept[index]));
    process.off('unhandledRejection', listen).off('warning', listen);
  }
  return heard;
}

test('no secret stands in an error, an event, a client or the console, whatever fault strikes whatever operation', async () => {
  const cells = FAULTS.flatMap(({ fault }) => Object.values(OPERATIONS).map((operation) => ({ fault, operation })));
  let failures = 0;
  const heard = await overheard(() => each(cells, 24, async ({ fault, operation }) => {
    const events = [];
    const { client, sandbox } = open(operation.provider, { config: { ...QUICK, onEvent: (event) => events.push(event) } });
    const ready = await operation.prepare?.(client);
    sandbox.faults([{ on: { operation: operation.struck }, ...fault }]);
    const { error, value } = await settled(operation.run(client, {}, ready));
    if (error) failures += 1;
    for (const thing of [error ?? value, client, ...events]) assertKeepsSecrets(thing, HUSH);
  }));
  assert.ok(failures > cells.length / 2, `${failures} failures of ${cells.length}`);
  assert.deepEqual(heard, []);
});

/** A platform that says again, wherever an answer has room, all that it was told. */
function echoing(status, told) {
  return async (request) => {
    const headers = Object.fromEntries(request.headers);
    told.push(...Object.values(headers));
    const said = JSON.stringify(headers);
    const body = { error: { code: said, message: said, details: headers }, message: said, errors: [{ code: said, msg: said }], detail: [{ loc: ['body', said], msg: said, type: said }], meta: { request_id: said }, [said]: said };
    return new Response(JSON.stringify(body), { status, headers: { 'x-request-id': headers.authorization ?? headers['x-api-token'] ?? headers.auth ?? 'none', location: `https://evil.example/?${encodeURIComponent(said)}` } });
  };
}

test('a platform that echoes the credentials of a request gets them into nothing that a caller sees', async () => {
  for (const provider of Object.keys(CONFIGS)) {
    for (const status of [200, 201, 301, 400, 401, 403, 404, 409, 422, 429, 500, 503]) {
      const told = [];
      const events = [];
      const client = clientOf(provider, { fetch: echoing(status, told) }, { ...QUICK, maxRetries: 0, onEvent: (event) => events.push(event) });
      for (const work of [outdial.createContact(client, CONTACTS[provider]), outdial.createCall(client, CALLS[provider])]) {
        const { error } = await settled(work);
        const secrets = [...HUSH, ...told.filter((text) => /^ey[\w-]+\.[\w-]+\.[\w-]+$/.test(text))];
        if (error) assertKeepsSecrets(error, secrets);
        for (const event of events) assertKeepsSecrets(event, secrets);
      }
    }
  }
});

test('a relay tells a page no secret, whatever goes wrong behind it', async () => {
  const cells = FAULTS.flatMap(({ fault }) => Object.keys(CONFIGS).flatMap((provider) => ['createCall', 'createContact'].map((operation) => ({ fault, provider, operation }))));
  await each(cells, 24, async ({ fault, provider, operation }) => {
    const { client } = open(provider, { faults: [fault], config: QUICK });
    const relay = createRelay({ client, allow: [operation], policy: { regions: ['US'] }, authorize: () => true, raw: true, timeoutMs: 600 });
    const response = await relay(post(messageOf(operation, (operation === 'createCall' ? CALLS : CONTACTS)[provider])));
    for (const thing of [await response.text(), Object.fromEntries(response.headers)]) assertKeepsSecrets(Object(thing), HUSH);
  });
});
