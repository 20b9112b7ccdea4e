// Each line below must not compile: the comment above it says so, and tsc fails where it does.
import {
  checkPolicy, createCall, createCalls, createClient, createContact, createContacts, deleteCalls, getCall, isOutdialError, listCalls, resumeCall, updateCall,
} from 'outdial';
import { readContactsCsv } from 'outdial/csv';
import { handleJob } from 'outdial/queue';
import type { JobStore } from 'outdial/queue';
import { createRelay } from 'outdial/relay';
import { createSandbox } from 'outdial/sandbox';
import type { Client, OutdialError } from 'outdial';

declare const truedy: Client<'truedy'>;
declare const thoughtly: Client<'thoughtly'>;
declare const kore: Client<'kore'>;
declare const relay: Client<'relay'>;
declare const error: OutdialError;
declare const store: JobStore;

// @ts-expect-error the team is missing
createClient({ provider: 'thoughtly', apiToken: 'k' });
// @ts-expect-error the key is missing
createClient({ provider: 'truedy' });
// @ts-expect-error the key of another platform
createClient({ provider: 'truedy', apiToken: 'k', teamId: 't' });
// @ts-expect-error neither host nor baseUrl
createClient({ provider: 'kore', streamId: 's', accountId: 'a', auth: { jwt: 't' } });
// @ts-expect-error an id without its secret
createClient({ provider: 'kore', host: 'h', streamId: 's', accountId: 'a', auth: { clientId: 'c' } });
// @ts-expect-error a platform without an address
createClient({ provider: 'generic', createCall: { path: '/calls', body: {} } });
// @ts-expect-error a field that no answer has
createClient({ provider: 'generic', baseUrl: 'https://x.example', getCall: { path: '/calls/{id}', answer: { state: 'x' } } });
// @ts-expect-error a contact without an id
createClient({ provider: 'generic', baseUrl: 'https://x.example', createContact: { path: '/people', body: {} } });
// @ts-expect-error no such platform
createClient({ provider: 'nobody', apiKey: 'k' });
// @ts-expect-error a misspelt setting
createClient({ provider: 'truedy', apiKey: 'k', timeout: 5 });

// @ts-expect-error Truedy calls numbers
createCall(truedy, { agentId: 'a', contactId: 'c' });
// @ts-expect-error not both of them
createCall(thoughtly, { agentId: 'a', contactId: 'c', phoneNumber: '+1' });
// @ts-expect-error nobody is called
createCall(thoughtly, { agentId: 'a' });
// @ts-expect-error nobody talks
createCall(truedy, { phoneNumber: '+1' });
// @ts-expect-error Thoughtly chooses the number that is shown
createCall(thoughtly, { agentId: 'a', phoneNumber: '+1', fromNumber: '+2' });
// @ts-expect-error Kore.ai needs the number that is shown
createCall(kore, { agentId: 'a', phoneNumber: '+1' });
// @ts-expect-error Kore.ai has no settings
createCall(kore, { phoneNumber: '+1', fromNumber: '+2', settings: {} });
// @ts-expect-error the unit is in the name
createCall(truedy, { agentId: 'a', phoneNumber: '+1', settings: { maxDuration: '60s' } });
// @ts-expect-error a list is no variable
createCall(truedy, { agentId: 'a', phoneNumber: '+1', variables: { names: ['a'] } });

// @ts-expect-error Thoughtly has no salutation
createContact(thoughtly, { phoneNumber: '+1', salutation: 'Mr' });
// @ts-expect-error Kore.ai needs a salutation
createContact(kore, { phoneNumber: '+1', firstName: 'J', lastName: 'D' });
// @ts-expect-error Kore.ai has no email
createContact(kore, { phoneNumber: '+1', firstName: 'J', lastName: 'D', salutation: 'Mr', email: 'a@b.example' });
// @ts-expect-error Truedy keeps two names
createContact(truedy, { phoneNumber: '+1', name: 'J D' });
// @ts-expect-error a number is a text
createContact(truedy, { phoneNumber: 14155552671 });
// @ts-expect-error a contact has no key
createContact(truedy, { phoneNumber: '+1' }, { idempotencyKey: 'k' });
// @ts-expect-error a function is not JSON
createContact(truedy, { phoneNumber: '+1', extra: { f: () => 1 } });
const elsewhere = { phoneNumber: '+1', salutation: 'Mr' };
// @ts-expect-error also where the object was made before
createContact(thoughtly, elsewhere);
// @ts-expect-error in a list too
createContacts(kore, [{ phoneNumber: '+1' }]);
// @ts-expect-error contacts have no key
createContacts(truedy, [], { keyFor: () => 'k' });
// @ts-expect-error a key for each, not one for all
createCalls(truedy, [], { idempotencyKey: 'k' });
// @ts-expect-error a rate is a number
createCalls(truedy, [], { perMinute: '100' });
// @ts-expect-error a job has an id
handleJob(truedy, { input: { agentId: 'a', phoneNumber: '+1' } }, store);
// @ts-expect-error a store claims
handleJob(truedy, { id: 'j', input: { agentId: 'a', phoneNumber: '+1' } }, { put: store.put, delete: store.delete });
// @ts-expect-error a mapping names the number's column
readContactsCsv('', { firstName: 'First' });

// @ts-expect-error Thoughtly tells nothing of its calls
getCall(thoughtly, 'x');
// @ts-expect-error nor does Kore.ai
listCalls(kore);
// @ts-expect-error no such filter
listCalls(truedy, { phoneNumber: '+1' });
// @ts-expect-error a greeting cannot be changed
updateCall(truedy, 'x', { settings: { greeting: 'hi' } });
// @ts-expect-error one id is no list
deleteCalls(truedy, 'x');
// @ts-expect-error a plain object is no client
getCall({ provider: 'truedy' }, 'x');
// @ts-expect-error changes say something
updateCall(truedy, 'x', {});

// @ts-expect-error only Truedy promises one call per key
if (error.code === 'outcome_unknown') resumeCall(kore, error);
// @ts-expect-error a call that was refused is not under way
if (error.code === 'rejected') resumeCall(truedy, error);
// @ts-expect-error no such code
if (error.code === 'rate_limit') throw error;
// @ts-expect-error only invalid_input promises issues
if (isOutdialError(error)) error.issues[0];
// @ts-expect-error codes are not to be changed
error.code = 'internal';

// @ts-expect-error through a relay, too, somebody is called
createCall(relay, { agentId: 'a' });
// @ts-expect-error and not by two names
createCall(relay, { agentId: 'a', phoneNumber: '+1', contactId: 'c' });
// @ts-expect-error a relay's whole address is its url
createClient({ provider: 'relay', url: '/api', baseUrl: 'https://x.example' });
// @ts-expect-error a relay names its regions
createRelay({ client: truedy, allow: ['createCall'], policy: {}, authorize: () => true });
// @ts-expect-error a relay holds a secret
createRelay({ client: relay, allow: ['createCall'], policy: { regions: [] }, authorize: () => true });
// @ts-expect-error no such operation
createRelay({ client: truedy, allow: ['createClient'], policy: { regions: [] }, authorize: () => true });

// @ts-expect-error a misspelt rule
checkPolicy({ region: ['US'] }, '+1');
// @ts-expect-error no such kind of line
checkPolicy({ types: ['cell'] }, '+1');
// @ts-expect-error an end is missing
checkPolicy({ quietHours: { start: '21:00' } }, '+1');
// @ts-expect-error a verdict is an object
checkPolicy({ beforeCall: () => true }, '+1');
// @ts-expect-error no such fault
createSandbox({ faults: [{ kind: 'explode' }] });
// @ts-expect-error this one is always after the vendor did its part
createSandbox({ faults: [{ kind: 'cut_after', processed: false }] });
