import * as outdial from 'outdial';
import {
  checkPolicy, createCall, createCalls, createClient, createContact, createContacts, deleteCall, deleteCalls, getCall, getRecording, getTranscript,
  init, isE164, isOutdialError, listCalls, OutdialError, resumeCall, updateCall, validateCall, validateContact,
} from 'outdial';
import type { AnyClient, Call, CallInput, Client, ClientConfig, Contact, ContactInput, OutdialEvent, Policy } from 'outdial';
import { readContactsCsv } from 'outdial/csv';
import { handleJob } from 'outdial/queue';
import type { JobRecord, JobStore } from 'outdial/queue';
import { createSandbox } from 'outdial/sandbox';
import { serveSandbox } from 'outdial/sandbox/server';

const sandbox = createSandbox({ faults: [{ kind: 'cut_after', times: 1 }] });
await serveSandbox({ sandbox });

const onEvent = (event: OutdialEvent) => console.log(event.type, event.attempt, event.code);
const truedy: Client<'truedy'> = createClient({ provider: 'truedy', apiKey: 'k', fetch: sandbox.fetch, onEvent });
const thoughtly = createClient({ provider: 'thoughtly', apiToken: 'k', teamId: 't', fetch });
const kore = createClient({ provider: 'kore', host: 'platform.kore.ai', streamId: 's', accountId: 'a', auth: { clientId: 'c', clientSecret: 's', jti: true } });
createClient({ provider: 'kore', baseUrl: 'http://127.0.0.1:1', streamId: 's', accountId: 'a', auth: async ({ fresh }) => String(fresh) });

const described: Client<'generic'> = createClient({
  provider: 'generic', baseUrl: 'https://api.acme.example', headers: { 'X-Key': 'k' },
  createContact: { path: '/people', body: { phone: '{phoneNumber}', kind: 1 }, answer: { id: 'id' } },
  createCall: { path: '/calls', body: { to: ['{phoneNumber}'] }, keyHeader: 'Key', answer: { costUsd: 'cost', status: 'state' } },
  getCall: { path: '/calls/{id}' },
});
const place: Call<'generic'> = await createCall(described, { phoneNumber: '+1' }).catch((error) => resumeCall(described, error));
console.log(place.provider, (await getCall(described, 'x')).status);

const contact: Contact<'truedy'> = await createContact(truedy, { phoneNumber: '+1', firstName: 'J', customFields: { plan: ['pro', { since: new Date() }] } });
await createContact(thoughtly, { phoneNumber: '+1', name: 'J D', tags: ['a'] }, { signal: AbortSignal.timeout(1), timeoutMs: 1 });
await createContact(kore, { phoneNumber: '+1', firstName: 'J', lastName: 'D', salutation: 'Mr', extension: '7' });

const call: Call<'truedy'> = await createCall(truedy, { agentId: 'a', phoneNumber: '+1', settings: { greeting: 'hi', maxDurationSeconds: 9 } }, { idempotencyKey: 'k' });
await createCall(thoughtly, { agentId: 'a', contactId: contact.id });
await createCall(thoughtly, { agentId: 'a', phoneNumber: '+1', variables: { n: 1 } });
await createCall(kore, { phoneNumber: '+1', fromNumber: '+1' });

for await (const result of createContacts(kore, [{ phoneNumber: '+1', firstName: 'J', lastName: 'D', salutation: 'Mr' }])) {
  if (result.ok) console.log(result.value.id);
  else console.log(result.error.code, result.index);
}
async function* inputs(): AsyncGenerator<ContactInput<'truedy'>> {
  yield { phoneNumber: '+1' };
}
createContacts(truedy, inputs(), { concurrency: 8, perMinute: Infinity, order: 'completion', signal: AbortSignal.timeout(1), timeoutMs: 1, onProgress: ({ done, failed, inFlight }) => console.log(done + failed + inFlight) });
createContacts(truedy, new ReadableStream<ContactInput<'truedy'>>());
for await (const { index, ...result } of createCalls(truedy, new Set([{ agentId: 'a', phoneNumber: '+1' }]), { keyFor: ({ phoneNumber }, at) => `${phoneNumber}-${at}` })) {
  console.log(index, result.ok ? result.value.status : result.error.idempotencyKey);
}

for await (const row of readContactsCsv<ContactInput<'truedy'>>(new Blob([]).stream(), { phoneNumber: 'Phone', customFields: { plan: 'Plan' } }, { validate: (input) => validateContact('truedy', input) })) {
  if (row.ok) createContacts(truedy, [row.value]);
  else console.log(row.line, row.error.code === 'invalid_input' && row.error.issues[0]?.path);
}

const records = new Map<string, JobRecord>();
const store: JobStore = {
  async claim(id, record) {
    const earlier = records.get(id);
    if (!earlier) records.set(id, record);
    return earlier;
  },
  put: async (id, record) => records.set(id, record),
  delete: async (id) => records.delete(id),
};
const outcome = await handleJob(truedy, { id: 'job', input: { agentId: 'a', phoneNumber: '+1' } }, store, { timeoutMs: 1, maxAttempts: 2 });
if (outcome.status === 'completed') console.log(outcome.id, outcome.value?.status);
else if (outcome.status === 'retry') console.log(outcome.retryAfterMs, outcome.error?.code);
else console.log(outcome.error.code, outcome.key, outcome.unstored);
const made = await handleJob(kore, { id: 'job', operation: 'createContact', input: { phoneNumber: '+1', firstName: 'J', lastName: 'D', salutation: 'Mr' } }, store);
if (made.status === 'completed') console.log(made.value?.email);

for await (const { status, id } of listCalls(truedy, { status: 'busy', limit: 5 })) console.log(status, id?.length);
const { items, hasMore } = await listCalls(truedy).page();
console.log(items[0]?.costUsd, hasMore);
await updateCall(truedy, (await getCall(truedy, 'x')).id ?? '', { context: { a: 1 }, settings: { recordingEnabled: false } });
const deleted: string[] = [...(await deleteCalls(truedy, ['a', 'b'])).failedIds, ...(await deleteCall(truedy, 'c')).deletedIds];
console.log(deleted, (await getRecording(truedy, 'x')).recordingUrl, (await getTranscript(truedy, 'x')).summary);

// A relay does what the platform behind it does, and its answers are that platform's.
const relay = createClient({ provider: 'relay', url: '/api/outdial' });
const through: outdial.PlatformName = (await createCall(relay, { agentId: 'a', phoneNumber: '+1' })).provider;
console.log(through, (await getCall(relay, 'x')).status);

await init(new URL('outdial.wasm', 'https://cdn.example'));
const policy: Policy = { regions: ['US', '001'], types: ['mobile'], quietHours: { start: '21:00', end: '08:00' }, beforeCall: ({ e164 }) => ({ allow: isE164(e164) }) };
const decision = await checkPolicy(policy, '+1');
console.log(decision.allowed ? decision.type : decision.rule.length, decision.region);

// A provider that is known only when it runs is told apart by its name.
async function later(config: ClientConfig, input: ContactInput) {
  const client: AnyClient = createClient(config);
  console.log(validateContact(client, input), validateCall('kore', { anything: true }), isE164('+1'));
  if (client.provider === 'truedy') await getCall(client, 'x');
  if (client.provider === 'kore') await createCall(client, { phoneNumber: '+1', fromNumber: '+2' });
}
await later({ provider: 'truedy', apiKey: 'k' }, { phoneNumber: '+1' });

// What is written once for every provider stays typed by it.
const twice = <P extends outdial.ProviderName>(client: Client<P>, input: CallInput<P>): Promise<Call<P>[]> =>
  Promise.all([createCall(client, input), createCall(client, input)]);
const [first] = await twice(kore, { phoneNumber: '+1', fromNumber: '+2' });
const provider: 'kore' | undefined = first?.provider;
console.log(provider);

console.log(new OutdialError({ code: 'network', message: 'no', attempts: 1, operation: 'createCall', provider: 'kore' }, new Error()).code);
try {
  await createCall(truedy, { agentId: 'a', phoneNumber: '+1' });
} catch (error) {
  if (error instanceof OutdialError) console.log(error.code, error.attempts);
  if (!isOutdialError(error)) throw error;
  if (error.code === 'invalid_input') for (const { path, code } of error.issues) console.log(path, code);
  if (error.code === 'outcome_unknown') await resumeCall(truedy, error, { timeoutMs: 1 });
  if (error.code === 'rate_limited') console.log((error.retryAfterMs ?? 0) + 1);
}
