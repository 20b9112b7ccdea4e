import assert from 'node:assert/strict';
import test from 'node:test';
import { fc } from '../fuzz/js/fast-check.mjs';
import { CALLS, CONFIGS, CONTACTS, outdial, settled } from './support/platforms.mjs';

const { createClient, isOutdialError } = outdial;
const ID_OPERATIONS = ['getCall', 'deleteCall', 'getRecording', 'getTranscript'];

const PARTS = ['..', '.', '/', '\\', '@', '#', '?', '%2f', '%2F', '%5c', '%2e', '%2e%2e', '%00', '%', ':', '//', 'evil.example', 'https://evil.example/', '\r\n', '\r\nX-Evil: 1', '\n', '\t', ' ', '\0', 'é', '名', '\u2028', '\u202e', '；', '／', '‥', 'a', '*', '{id}', "'", ';', '&', '='];
const TEXT = fc.oneof(
  fc.array(fc.constantFrom(...PARTS), { maxLength: 5 }).map((parts) => parts.join('')),
  fc.string({ unit: 'binary', maxLength: 12 }),
  fc.constant('x'.repeat(100_000)),
);

/** A client whose requests are written down. */
function recording(provider, config) {
  const sent = [];
  const fetch = async (request) => {
    sent.push(request);
    return new Response('{"data":{"id":"x","status":"queued"}}', { status: 200 });
  };
  return { sent, client: createClient({ ...CONFIGS[provider], maxRetries: 0, fetch, ...config }) };
}

/** What was sent for a text, or nothing where it was refused as it must be. */
async function sentBy(work, sent) {
  const { error } = await settled((async () => work())());
  if (sent.length === 0) assert.ok(isOutdialError(error) && error.code === 'invalid_input', `${error?.stack}`);
  return sent;
}

const check = (property) => fc.assert(property, { numRuns: 25, examples: [['..'], ['.'], ['%2e%2e'], ['%2E.'], ['../x'], ['a/../../b'], ['@evil.example'], ['\\evil.example'], ['a?b=c#d'], [''], ['\r\nX-Evil: 1'], ['.\t.'], ['.\n']] });

for (const operation of ID_OPERATIONS) {
  test(`${operation}: an id is one step of the path, whatever it holds, or is refused`, async () => {
    const plain = recording('truedy');
    await sentBy(() => outdial[operation](plain.client, 'plain'), plain.sent);
    const expected = new URL(plain.sent[0].url);
    await check(fc.asyncProperty(TEXT, async (id) => {
      const { sent, client } = recording('truedy');
      for (const { url } of await sentBy(() => outdial[operation](client, id), sent)) {
        const { origin, pathname, search, hash, username } = new URL(url);
        assert.deepEqual([origin, search, hash, username], [expected.origin, '', '', '']);
        const steps = expected.pathname.split('/').map((step) => (step === 'plain' ? encodeURIComponent(id) : step));
        assert.deepEqual(pathname.split('/').map(decodeURIComponent), steps.map(decodeURIComponent));
      }
    }));
  });
}

test('ids that are lists or queries change neither host nor path', async () => {
  await check(fc.asyncProperty(TEXT, async (text) => {
    for (const [work, path] of [[(client) => outdial.deleteCalls(client, [text]), '/api/public/v1/calls'], [(client) => outdial.listCalls(client, { agentId: text }).page(), '/api/public/v1/calls']]) {
      const { sent, client } = recording('truedy');
      for (const { url } of await sentBy(() => work(client), sent)) assert.ok(new URL(url).pathname.startsWith(path) && new URL(url).hash === '', url.slice(0, 200));
    }
  }));
});

const NAMES = { truedy: ['apiKey'], thoughtly: ['apiToken', 'teamId'], kore: ['streamId', 'accountId', 'host', 'botId'] };

for (const [provider, names] of Object.entries(NAMES)) {
  test(`${provider}: no credential and no part of an address brings in a header, a host or a step`, async () => {
    const plain = recording(provider);
    for (const work of [outdial.createContact(plain.client, CONTACTS[provider]), outdial.createCall(plain.client, CALLS[provider])]) await settled(work);
    const known = new Set(plain.sent.flatMap(({ headers }) => [...headers.keys()]));
    await check(fc.asyncProperty(TEXT, fc.constantFrom(...names), async (text, name) => {
      let made;
      try {
        made = recording(provider, { [name]: text });
      } catch (error) {
        return assert.ok(isOutdialError(error) && error.code === 'invalid_input', `${error.stack}`);
      }
      for (const work of [outdial.createContact(made.client, CONTACTS[provider]), outdial.createCall(made.client, CALLS[provider])]) await settled(work);
      made.sent.forEach(({ url, headers }, index) => {
        const [got, want] = [new URL(url), new URL(plain.sent[index].url)];
        assert.deepEqual([...headers.keys()].filter((header) => !known.has(header)), []);
        assert.deepEqual([got.pathname.split('/').length, got.search, got.hash, got.username], [want.pathname.split('/').length, want.search, want.hash, '']);
        if (name !== 'host') assert.equal(got.origin, want.origin);
      });
    }));
  });
}

test('an idempotency key is one header\'s value, or is refused', async () => {
  await check(fc.asyncProperty(TEXT, async (idempotencyKey) => {
    const { sent, client } = recording('truedy');
    for (const { headers } of await sentBy(() => outdial.createCall(client, CALLS.truedy, { idempotencyKey }), sent)) {
      assert.equal(headers.get('x-idempotency-key'), idempotencyKey);
      assert.equal(headers.get('x-evil'), null);
    }
  }));
});

test('a base URL keeps its host and its path, or is refused', async () => {
  await check(fc.asyncProperty(TEXT, async (text) => {
    for (const baseUrl of [text, `https://api.example${text}`, `https://api.example/v1${text}`, `https://api.example/v1/${text}`]) {
      let made;
      try {
        made = recording('truedy', { baseUrl });
      } catch (error) {
        assert.ok(isOutdialError(error) && error.code === 'invalid_input', `${error.stack}`);
        continue;
      }
      await settled(outdial.getCall(made.client, 'plain'));
      const given = new URL(baseUrl);
      assert.deepEqual([given.username, given.password, given.search, given.hash], ['', '', '', '']);
      for (const { url } of made.sent) {
        const got = new URL(url);
        assert.deepEqual([got.origin, got.pathname], [given.origin, `${given.pathname.replace(/\/+$/, '')}/calls/plain`], baseUrl.slice(0, 200));
      }
    }
  }));
});
