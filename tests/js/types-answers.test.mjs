import assert from 'node:assert/strict';
import test from 'node:test';
import { createRelay } from '../../pkg/relay.js';
import { createSandbox } from '../../pkg/sandbox/index.js';
import { loadInNode } from './support/load.mjs';
import { checkTypes, layProject } from './support/types.mjs';

const AGENT = '1f4baf16-1540-4d91-9696-7f34b2f2cb77';
const outdial = await loadInNode();
const { createCall, createClient, createContact, parsePhone } = outdial;

/** Every answer below, as a literal of the type that promises it: a field too many or of another type does not compile. */
const answers = [];
const note = (type, value) => answers.push([type, value]) && value;

const sandbox = createSandbox({ seed: 1 });
const events = [];
const common = { fetch: (request) => sandbox.fetch(request), onEvent: (event) => events.push(event) };
const truedy = createClient({ provider: 'truedy', apiKey: 'truedy_test', ...common });
const thoughtly = createClient({ provider: 'thoughtly', apiToken: 'token', teamId: 'team', ...common });
const kore = createClient({ provider: 'kore', host: 'platform.kore.ai', streamId: 's', accountId: 'a', botId: 'b', auth: { clientId: 'cs-1', clientSecret: 's' }, ...common });
const behind = createRelay({ client: truedy, allow: ['createContact', 'createCall', 'listCalls', 'getCall', 'updateCall', 'deleteCall', 'deleteCalls', 'getRecording', 'getTranscript'], policy: { regions: ['US'] }, authorize: () => true });
const relay = createClient({ provider: 'relay', url: 'https://shop.example/api', fetch: behind });

test('what the operations answer is what their types promise', async () => {
  const phoneNumber = '+14155550123';
  const person = { phoneNumber, firstName: 'Ada', lastName: 'Lovelace' };
  note("Contact<'truedy'>", await createContact(truedy, { ...person, email: 'ada@example.com', customFields: { plan: 'pro' } }));
  note("Contact<'thoughtly'>", await createContact(thoughtly, { ...person, tags: ['a'], customFields: { plan: 'pro' } }));
  note("Contact<'kore'>", await createContact(kore, { ...person, salutation: 'Mrs' }));
  note("Call<'thoughtly'>", await createCall(thoughtly, { agentId: 'a', phoneNumber }));
  note("Call<'kore'>", await createCall(kore, { phoneNumber, fromNumber: '+14155550100' }));
  for (const [client, name] of [[truedy, 'truedy'], [relay, 'relay']]) {
    note(`Contact<'${name}'>`, await createContact(client, person));
    const { id } = note(`Call<'${name}'>`, await createCall(client, { agentId: AGENT, phoneNumber }));
    sandbox.advance(600_000);
    note("Call<'truedy'>", await outdial.getCall(client, id));
    note("Page<Call<'truedy'>>", await outdial.listCalls(client, { limit: 1 }).page());
    note("Call<'truedy'>", await outdial.updateCall(client, id, { context: { a: 1 } }));
    note('Recording', await outdial.getRecording(client, id));
    note('Transcript', await outdial.getTranscript(client, id));
    note('Deleted', await outdial.deleteCalls(client, [id]));
    const another = await createCall(client, { agentId: AGENT, phoneNumber });
    sandbox.advance(600_000);
    note('Deleted', await outdial.deleteCall(client, another.id));
  }
  sandbox.faults([{ kind: 'status', status: 503, times: 2 }]);
  await outdial.listCalls(truedy).page();
  sandbox.faults([]);
  await assert.rejects(createCall(truedy, { agentId: AGENT, phoneNumber: '+8816123456789' }));
  for (const event of events) note('OutdialEvent', event);
  assert.deepEqual([...new Set(events.map(({ type }) => type))].sort(), ['failure', 'request', 'response', 'retry']);
});

test('what a policy says is what its type promises, with no policy at all too', async () => {
  const quietHours = { start: '00:00', end: '23:59' };
  const rules = [undefined, {}, { regions: ['GB'] }, { quietHours }, { beforeCall: () => ({ allow: false, reason: 'no' }) }, { beforeCall: () => ({ allow: true }) }];
  for (const policy of rules) note('PolicyDecision', await outdial.checkPolicy(policy, '+14155552671'));
  assert.equal((await outdial.checkPolicy(undefined, '+14155552671')).allowed, true);
  assert.equal((await outdial.checkPolicy(undefined, '+8816123456789')).rule, 'regions');
});

test('errors are what their type promises', async () => {
  sandbox.faults([{ kind: 'cut_after', times: 9 }]);
  const fails = [
    () => createCall(truedy, {}),
    () => createCall(truedy, { agentId: AGENT, phoneNumber: '+14155550123' }),
    () => createCall(relay, { agentId: AGENT, phoneNumber: '+442079460958' }),
    () => outdial.getCall(kore, 'x'),
    () => outdial.resumeCall(kore, new outdial.OutdialError({ code: 'outcome_unknown', message: '', operation: 'createCall', attempts: 1 })),
  ];
  for (const fail of fails) {
    const error = await fail().then(() => assert.fail('it must fail'), (thrown) => thrown);
    note('ErrorData', { ...error, name: error.name, message: error.message, stack: error.stack });
  }
  sandbox.faults([]);
});

// Each row stands for one way in which a text is read or refused.
const TEXTS = ['+14155552671', '+44 20 7946 0958 ext. 7', '+80012345678', '+49 30', '+1 415', '415', '+9198765xxxxx', '011', '00', '+99912', '+1415555267155', '+4930123456789012345', '+12', '+1 555 555 5555', '5552671', '+3761234567', '+12345678901'];

test('a number is there exactly where the code of a result says so', () => {
  const wanted = new Set(['not_a_number', 'too_short_after_idd', 'invalid_calling_code', 'too_short', 'too_long', 'local_only', 'invalid_length', 'unassigned', 'type_not_allowed', 'region_not_allowed']);
  for (const text of TEXTS) {
    for (const options of [{}, { region: 'US' }, { region: 'GB', mode: 'lenient' }, { region: 'SG' }, { types: ['mobile'] }, { regions: ['FR'] }]) {
      const result = note('PhoneResult', parsePhone(text, options));
      wanted.delete(result.code);
    }
  }
  assert.deepEqual([...wanted], [], 'these codes are promised and none of the texts brings them about');
});

test('all valid numbers of the plan have the shape that their brand promises', () => {
  for (const { region } of note('RegionInfo[]', outdial.regions())) {
    for (const type of ['fixed_line', 'mobile', 'toll_free', 'premium_rate', 'voip', 'uan']) {
      const phone = outdial.examplePhone(region, type);
      if (phone) assert.ok(phone.valid && outdial.isE164(phone.e164), phone.e164);
    }
  }
  note('ValidPhone', outdial.examplePhone('GB', 'mobile'));
  note('PhoneMatch[]', outdial.findPhones('020 7946 0958 or 07400 123456', { region: 'GB' }));
  note('Issue[]', outdial.validateCall('truedy', { phoneNumber: '+1', settings: { maxDurationSeconds: 0 } }));
});

test('the compiler finds all of that to be so', async () => {
  assert.ok(answers.length > 100, `${answers.length} answers`);
  const lines = answers.map(([type, value], index) => `export const a${index}: Plain<outdial.${type}> = ${JSON.stringify(value)};`);
  const head = `import type * as outdial from 'outdial';
// A literal has no brand.
type Plain<T> = T extends outdial.E164 ? string : T extends (infer Item)[] ? Plain<Item>[] : T extends object ? { [Name in keyof T]: Plain<T[Name]> } : T;
`;
  const text = [head, ...lines].join('\n').replaceAll('outdial.ErrorData', "Omit<outdial.OutdialError, never>").replaceAll("outdial.Page<Call<", 'outdial.Page<outdial.Call<');
  layProject('types-answers', { 'answers.ts': text, 'answers.json': '{ "extends": "./tsconfig.json", "files": ["answers.ts"] }' });
  assert.equal(await checkTypes('types-answers', 'typescript', 'nodenext', 'answers.json'), '');
});
