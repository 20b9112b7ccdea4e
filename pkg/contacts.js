import { runBulk } from './bulk/run.js';
import { packOptions, runWith } from './client.js';
import { OutdialError } from './error.js';
import { pack } from './pack.js';

// The vendor's page gives no limit; this keeps one request and its answer small.
const BATCH_SIZE = 100;

/**
 * Creates many contacts. Gives `{ index, ok: true, value }` or `{ index, ok: false, error }` for each of `inputs`. A
 * platform that takes many in one request gets them so.
 */
export function createContacts(client, inputs, options) {
  return runBulk({ client, operation: 'createContacts', single: 'createContact', inputs, options }, (handle, { each }) => {
    const packed = packOptions(each);
    if (!handle.createsInBatches) return { perform: ([row]) => createOne(handle, row, packed) };
    return { unitSize: BATCH_SIZE, perform: (rows) => createBatch(client, handle, rows, packed) };
  });
}

async function createOne(handle, { index, input }, options) {
  try {
    return [{ index, ok: true, value: await runWith('createContact', handle, pack(input), options, false, true) }];
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
    const contacts = await runWith('createContacts', handle, pack({ contacts: sent.map(({ input }) => input) }, undefined, Infinity), options);
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
