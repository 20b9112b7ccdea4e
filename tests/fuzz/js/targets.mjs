import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { pkg } from '../../../pkg/tools/paths.mjs';
import { ENDLESS, NEVER, VAST } from './recipes.mjs';

/** An entry of the package as an application in Node gets it, by the exports map. */
export const load = (entry) => import(pathToFileURL(createRequire(join(pkg, 'package.json')).resolve(entry)));

const NUMBER = '+14155552671';
const KEY = 'key-1';
const CONFIGS = {
  truedy: () => ({ provider: 'truedy', apiKey: 'truedy_a1b2' }),
  thoughtly: () => ({ provider: 'thoughtly', apiToken: 'token', teamId: 'team' }),
  kore: () => ({ provider: 'kore', host: 'kore.example', streamId: 's', accountId: 'a', botId: 'b', auth: { clientId: 'c', clientSecret: 'd' } }),
  generic: () => ({ provider: 'generic', baseUrl: 'https://a.example', headers: { Authorization: 'Bearer x' }, createCall: { path: '/{agentId}', body: { to: '{phoneNumber}' }, answer: { id: 'data.id' } }, createContact: { path: '/c', body: { to: '{phoneNumber}' }, answer: { id: 'data.id' } } }),
  relay: () => ({ provider: 'relay', url: 'https://a.example/api' }),
};
const CALL = () => ({ agentId: '1f4baf16-1540-4d91-9696-7f34b2f2cb77', phoneNumber: NUMBER, variables: { name: 'Ada' }, settings: { greeting: 'Hello', maxDurationSeconds: 60 } });
const CONTACT = () => ({ phoneNumber: NUMBER, firstName: 'Ada', tags: ['a'], customFields: { plan: 'pro' }, extra: { more: 1 } });
const POLICY = () => ({ regions: ['US'], types: ['mobile', 'fixed_line_or_mobile'], refusedPrefixes: ['+1900'], quietHours: { start: '21:00', end: '20:59', zone: 'UTC' }, beforeCall: () => ({ allow: true }) });
const OPTIONS = () => ({ timeoutMs: 40, maxRetries: 0, totalTimeoutMs: 80, signal: new AbortController().signal });
const QUICK = { timeoutMs: 40, totalTimeoutMs: 80, maxRetries: 0 };
const READING = () => ({ region: 'US', mode: 'strict', types: ['mobile'], regions: ['US'] });
const RESPONSE = () => ({ status: 201, headers: new Headers({ 'retry-after': '1' }), text: async () => '{"data":{"id":"x","status":"queued"}}' });
const CSV = () => ['Phone,Name\n', '+14155552671,Ada\n'];

const answering = async () => new Response('{"data":{"id":"x","status":"queued"}}', { status: 201 });

async function firstOf(iterable, most = 4) {
  const items = [];
  for await (const item of iterable) if (items.push(item) >= most) break;
  return items;
}

/**
 * Every public function of the package, as `{ name, kind, args, call }`: `args` makes good arguments, of which the fuzz spoils
 * some, and `call` does what a caller would. `without` names what is left out, which only
 * the caller could bound.
 */
export async function openTargets() {
  const outdial = await load('outdial');
  const [alone, queue, relay, forms, csv, sandboxes] = await Promise.all(['phone', 'queue', 'relay', 'forms', 'csv', 'sandbox'].map((name) => load(`outdial/${name}`)));
  const client = (provider = 'truedy', config = {}) => outdial.createClient({ ...CONFIGS[provider](), ...QUICK, fetch: answering, ...config });
  const lost = await outdial.createCall(client('truedy', { fetch: async () => { throw new Error('lost'); } }), CALL()).catch((error) => error);
  return [
    ...clients(outdial, client),
    ...operations(outdial, client, lost),
    ...phones(outdial, ''),
    ...phones(alone, 'phone: '),
    ...servers(outdial, queue, relay, client),
    ...schemas(forms, client),
    ...tools(outdial, csv, sandboxes),
  ].map((target) => ({ kind: 'operation', without: [], isOutdialError: outdial.isOutdialError, ...target }));
}

function clients({ createClient, createCall, createContact }, client) {
  const made = Object.entries(CONFIGS).map(([provider, config]) => ({
    name: `createClient for ${provider}, and its calls`,
    args: () => [{ ...config(), ...QUICK, fetch: answering, policy: POLICY(), onEvent: () => {} }],
    call: async ([given]) => {
      const one = createClient(given);
      await Promise.allSettled([createCall(one, CALL(), OPTIONS()), createContact(one, { phoneNumber: NUMBER }, OPTIONS())]);
      return createCall(one, CALL(), OPTIONS());
    },
  }));
  const fetched = Object.keys(CONFIGS).map((provider) => ({
    name: `createCall and createContact over a fetch of the caller's for ${provider}`,
    args: () => [RESPONSE()],
    call: async ([response]) => {
      const one = client(provider, { fetch: async () => response });
      await createContact(one, { phoneNumber: NUMBER, firstName: 'A', lastName: 'B', salutation: 'Mrs' }).catch((error) => { if (error.code === 'internal') throw error; });
      return createCall(one, { agentId: 'a', phoneNumber: NUMBER, fromNumber: NUMBER });
    },
  }));
  return [...made, ...fetched, {
    name: 'createCall with functions of the caller\'s',
    args: () => [answering, () => {}, () => 'token', () => ({ allow: true })],
    call: ([fetch, onEvent, auth, beforeCall]) => createCall(client('kore', { fetch, onEvent, auth, policy: { beforeCall } }), { phoneNumber: NUMBER, fromNumber: NUMBER }, OPTIONS()),
  }];
}

function operations(outdial, client, lost) {
  const one = client();
  const withOptions = (name, ...rest) => ({ name, args: () => [one, ...rest.map((make) => make()), OPTIONS()], call: (args) => outdial[name](...args) });
  const keyed = () => ({ ...OPTIONS(), idempotencyKey: KEY });
  const id = () => 'call_1';
  return [
    withOptions('createContact', CONTACT),
    withOptions('createCall', CALL),
    { name: 'createCall twice under a key', args: () => [CALL(), keyed()], call: ([input, options]) => Promise.allSettled([outdial.createCall(one, CALL(), keyed()), outdial.createCall(one, input, options)]).then(([, second]) => { if (second.status === 'rejected') throw second.reason; }) },
    withOptions('getCall', id),
    withOptions('updateCall', id, () => ({ context: { a: 1 }, settings: { recordingEnabled: true } })),
    withOptions('deleteCall', id),
    withOptions('deleteCalls', () => ['call_1']),
    withOptions('getRecording', id),
    withOptions('getTranscript', id),
    withOptions('resumeCall', () => lost),
    { name: 'listCalls, a page', args: () => [one, { limit: 2, offset: 1, status: 'failed' }, OPTIONS()], call: (args) => outdial.listCalls(...args).page() },
    { name: 'listCalls, iterated', args: () => [one, { limit: 2 }, OPTIONS()], call: (args) => firstOf(outdial.listCalls(...args)) },
    ...['truedy', 'kore'].map((provider) => ({
      name: `createContacts for ${provider}`,
      without: NEVER,
      args: () => [client(provider), [CONTACT(), { phoneNumber: NUMBER }], { ...OPTIONS(), concurrency: 2, order: 'completion', onProgress: () => {} }],
      call: (args) => firstOf(outdial.createContacts(...args)),
    })),
    { name: 'createCalls', without: NEVER, args: () => [client(), [CALL(), CALL()], { ...OPTIONS(), keyFor: (_, index) => `k${index}`, onProgress: () => {} }], call: (args) => firstOf(outdial.createCalls(...args)) },
    { name: 'validateContact', args: () => ['truedy', CONTACT()], call: (args) => outdial.validateContact(...args) },
    { name: 'validateContact of a client', args: () => [one, CONTACT()], call: (args) => outdial.validateContact(...args) },
    { name: 'validateCall', args: () => ['kore', CALL()], call: (args) => outdial.validateCall(...args) },
    { name: 'checkPolicy', without: NEVER, args: () => [POLICY(), NUMBER], call: (args) => outdial.checkPolicy(...args) },
    { name: 'init', without: NEVER, args: () => [new Uint8Array()], call: (args) => outdial.init(...args) },
    { name: 'isOutdialError', args: () => [lost], call: (args) => outdial.isOutdialError(...args) },
  ];
}

function phones(entry, where) {
  const reading = (name, more = (value) => value) => ({ name: `${where}${name}`, kind: 'sync', args: () => ['(415) 555-2671', READING()], call: (args) => more(entry[name](...args)) });
  return [
    reading('parsePhone'),
    reading('isValidPhone'),
    reading('toE164'),
    { name: `${where}findPhones`, kind: 'sync', args: () => ['call 020 7946 0958 now', { region: 'GB' }], call: (args) => entry.findPhones(...args) },
    { name: `${where}isE164`, kind: 'sync', args: () => [NUMBER], call: (args) => entry.isE164(...args) },
    { name: `${where}checkPhones`, kind: 'sync', args: () => [[NUMBER, 'x'], READING()], call: (args) => entry.checkPhones(...args).e164(0) },
    { name: `${where}checkPhones, and a row`, kind: 'sync', args: () => [0], call: (args) => entry.checkPhones([NUMBER]).e164(...args) },
    { name: `${where}asYouType`, kind: 'sync', args: () => ['US', '4155', 2], call: ([region, text, caret]) => { const field = entry.asYouType(region); field.input(text, caret); return field.input('41555', 3); } },
    { name: `${where}examplePhone`, kind: 'sync', args: () => ['GB', 'mobile'], call: (args) => entry.examplePhone(...args) },
    ...(where ? [{ name: `${where}init`, without: NEVER, args: () => [new Uint8Array()], call: (args) => entry.init(...args) }] : []),
  ];
}

function servers({ createRelay: _, ...outdial }, { handleJob }, { createRelay, toNodeHandler, toLambdaHandler }, client) {
  const options = () => ({ client: client(), allow: ['createCall', 'createContact', 'getCall', 'listCalls'], policy: { regions: ['US'] }, authorize: () => true, rateLimit: () => true, origins: ['https://shop.example'], timeoutMs: 80, hookTimeoutMs: 40, bodyTimeoutMs: 40 });
  const message = () => ({ version: 1, operation: 'createCall', input: CALL(), options: { idempotencyKey: KEY, timeoutMs: 60 } });
  const request = (body) => new Request('https://shop.example/api', { method: 'POST', headers: { 'content-type': 'application/json' }, body });
  const relay = createRelay(options());
  const answered = async (response) => {
    const { version, ok, error } = JSON.parse(await response.text());
    if (version !== 1 || typeof ok !== 'boolean' || (!ok && typeof error.code !== 'string') || error?.code === 'internal') throw new Error(`an answer of no kind: ${response.status} ${error?.message}`);
  };
  const memory = () => { const kept = new Map(); return { claim: async (id, record) => { const earlier = kept.get(id); kept.set(id, earlier ?? record); return earlier; }, put: async (id, record) => kept.set(id, record), delete: async (id) => kept.delete(id) }; };
  return [
    { name: 'createRelay', args: () => [options()], call: ([given]) => createRelay(given)(request(JSON.stringify(message()))) },
    { name: 'a relay with a message', without: VAST, args: () => [message()], call: async ([given]) => {
      let body;
      try {
        body = JSON.stringify(given);
      } catch {
        return undefined;
      }
      return answered(await relay(request(body)));
    } },
    { name: 'a relay with a request', args: () => [{ method: 'POST', url: 'https://shop.example/api', headers: new Headers({ 'content-type': 'application/json' }), body: new Blob([JSON.stringify(message())]).stream() }], call: async ([given]) => (await relay(given)).text() },
    { name: 'toNodeHandler', without: [...NEVER, ...VAST], args: () => [message(), 'POST', '/api', { host: 'shop.example', 'content-type': 'application/json' }], call: ([body, method, url, headers]) => {
      const written = { setHeader() {}, writeHead() { return this; }, end() {} };
      return toNodeHandler(relay)({ method, url, headers, body, readableEnded: true, complete: true, socket: {} }, written);
    } },
    { name: 'toLambdaHandler', args: () => [{ rawPath: '/api', rawQueryString: 'a=1', headers: { 'content-type': 'application/json' }, cookies: ['a=1'], requestContext: { domainName: 'shop.example', http: { method: 'POST' } }, body: JSON.stringify(message()), isBase64Encoded: false }], call: (args) => toLambdaHandler(relay)(...args) },
    { name: 'handleJob', without: NEVER, args: () => [client(), { id: 'job', operation: 'createCall', input: CALL() }, memory(), { timeoutMs: 50, maxAttempts: 2 }], call: (args) => handleJob(...args) },
    { name: 'handleJob that comes again', without: NEVER, args: () => [{ state: 'started', operation: 'createCall', provider: 'truedy', key: KEY, attempts: 1, startedAt: 1 }], call: ([record]) => handleJob(client(), { id: 'job', input: CALL() }, { claim: async () => record, put: async () => {}, delete: async () => {} }, { timeoutMs: 50 }) },
  ];
}

function schemas(forms, client) {
  const judged = (schema, value) => schema['~standard'].validate(value);
  return [
    { name: 'forms: phone', kind: 'sync', args: () => [{ ...READING(), optional: true }, '415 555 2671'], call: ([options, value]) => judged(forms.phone(options), value) },
    { name: 'forms: contact', args: () => ['truedy', CONTACT()], call: ([provider, value]) => judged(forms.contact(provider), value) },
    { name: 'forms: call', args: () => [client(), CALL()], call: ([provider, value]) => judged(forms.call(provider), value) },
  ];
}

function tools({ createCall, createClient }, { readContactsCsv }, { createSandbox }) {
  const fault = () => ({ kind: 'status', status: 500, times: 1, rate: 0.5, on: { provider: 'truedy', path: /x/ } });
  const options = () => ({ seed: 1, startAt: 0, faults: [fault()], rateLimit: 5, apiKeys: ['k'], account: 'active', calls: [{ id: 'c', status: 'queued' }], thoughtly: { teams: { t: ['k'] } }, kore: { apps: { a: 'b' } } });
  const request = () => ({ method: 'POST', headers: { authorization: 'Bearer k', 'content-type': 'application/json' }, body: JSON.stringify(CALL()) });
  return [
    { name: 'readContactsCsv', without: [...NEVER, ...ENDLESS], args: () => [CSV(), { phoneNumber: 'Phone', customFields: { name: 'Name' } }, { delimiter: ',', encoding: 'utf-8', validate: () => [] }], call: (args) => firstOf(readContactsCsv(...args)) },
    { name: 'createSandbox', kind: 'tool', args: () => [options()], call: ([given]) => createSandbox(given).created },
    { name: 'a sandbox\'s faults', kind: 'tool', args: () => [[fault()]], call: ([list]) => createSandbox().faults(list) },
    { name: 'a sandbox\'s reset', kind: 'tool', args: () => [{ seed: 1 }], call: ([given]) => createSandbox().reset(given) },
    { name: 'a sandbox\'s fetch', kind: 'tool', without: [...NEVER, ...ENDLESS], args: () => ['https://api.example/api/public/v1/calls', request()], call: async (args) => (await createSandbox().fetch(...args)).text() },
    { name: 'a sandbox with an input', args: () => [CALL()], call: ([input]) => createCall(createClient({ ...CONFIGS.truedy(), ...QUICK, fetch: createSandbox().fetch }), input) },
  ];
}
