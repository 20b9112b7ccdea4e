import { createContact, handleOf, invalidInput, runPacked } from './client.js';
import { OutdialError } from './error.js';
import { pack } from './pack.js';

// The vendor's page gives no limit; this keeps one request and its answer small.
const BATCH_SIZE = 100;

/**
 * Creates many contacts, in the order of `inputs`: an array, an iterable or an async iterable. Gives
 * `{ index, ok: true, value }` or `{ index, ok: false, error }` for each. A platform that takes many in one request gets them so.
 */
export async function* createContacts(client, inputs, options) {
  const handle = handleOf(client, 'createContacts');
  const create = handle.createsInBatches ? createBatch : createOne;
  let batch = [];
  let index = 0;
  for await (const input of iterate(inputs)) {
    batch.push({ index: index++, input });
    if (batch.length < (handle.createsInBatches ? BATCH_SIZE : 1)) continue;
    yield* await create(client, handle, batch, options);
    batch = [];
  }
  if (batch.length > 0) yield* await create(client, handle, batch, options);
}

function iterate(inputs) {
  try {
    if (inputs?.[Symbol.asyncIterator] || inputs?.[Symbol.iterator]) return inputs;
  } catch {
    // No better than one that has neither.
  }
  throw invalidInput('inputs', 'must be an array, an iterable or an async iterable', 'createContacts');
}

async function createOne(client, handle, [{ index, input }], options) {
  try {
    return [{ index, ok: true, value: await createContact(client, input, options) }];
  } catch (error) {
    return [{ index, ok: false, error }];
  }
}

/** One request for all that can be sent; what cannot is refused before. */
async function createBatch(client, handle, batch, options) {
  const results = batch.map(({ index, input }) => refusal(client, handle, index, input));
  const sent = batch.filter((_, at) => results[at] === undefined);
  if (sent.length === 0) return results;
  const outcomes = await sendBatch(handle, sent, options);
  return results.map((result) => result ?? outcomes.shift());
}

async function sendBatch(handle, sent, options) {
  try {
    const contacts = await runPacked('createContacts', handle, pack({ contacts: sent.map(({ input }) => input) }), options);
    return sent.map(({ index }, at) => ({ index, ok: true, value: contacts[at] }));
  } catch (error) {
    return sent.map(({ index }) => ({ index, ok: false, error }));
  }
}

function refusal(client, handle, index, input) {
  const issues = handle.validate('createContact', pack(input));
  if (issues.length === 0) return undefined;
  const message = `Nothing was sent: ${issues.map(({ path, message: why }) => `${path}: ${why}`).join('; ')}`;
  const fields = { code: 'invalid_input', message, provider: client.provider, operation: 'createContacts', issues, attempts: 0 };
  return { index, ok: false, error: new OutdialError(fields) };
}
