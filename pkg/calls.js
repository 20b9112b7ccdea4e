import { nowMs, reasonOf, settlingMs } from './attempt.js';
import { runBulk } from './bulk/run.js';
import { handleOf, invalidInput, run, runPacked } from './client.js';
import { OutdialError, isOutdialError } from './error.js';
import { sleep } from './exchange.js';
import { pack } from './pack.js';

// Of each client, by their keys: the calls on their way, since asked for twice a call is still one; and until when the
// platform may still be at one whose answer failed to come.
const known = new WeakMap();

// What was asked for when the outcome became unknown, and until when the platform may be at it, for resumeCall with whatever
// client. It is no member of the error, which ends in logs.
const unsettled = new WeakMap();

export async function createCall(client, input, options) {
  const handle = handleOf(client, 'createCall');
  const packed = pack(input);
  const key = keyOf(options);
  if (key === undefined || !packed.isPlain) return place(client, handle, packed, options, false);
  return once(client, packed, key, options, () => place(client, handle, packed, options, false));
}

function keysOf(client) {
  let keys = known.get(client);
  if (!keys) known.set(client, (keys = { underWay: new Map(), settling: new Map() }));
  return keys;
}

/** Does `work`, not before `settledAt`, unless a call is on its way under its key: then that is the call. */
async function once(client, packed, key, options, work, settledAt = 0) {
  const { underWay, settling } = keysOf(client);
  const earlier = underWay.get(key);
  if (earlier) return join(client, earlier, packed, key, signalOf(options), () => once(client, packed, key, options, work, settledAt));
  const until = Math.max(settledAt, settling.get(key) ?? 0);
  // It is known before the options are read: they may ask for the same call.
  let begin;
  const promise = new Promise((resolve) => (begin = resolve));
  underWay.set(key, { promise, packed });
  begin(until > 0 ? settled(until, options).then(work) : work());
  try {
    return await promise;
  } finally {
    underWay.delete(key);
  }
}

/** Waits for what may still be under way. A signal that fires is heard by what follows; one that only says so ends nothing. */
async function settled(until, options) {
  const signal = signalOf(options);
  for (const heard of [signal, undefined]) {
    const waitMs = until - nowMs();
    if (waitMs > 0 && !hasFired(signal)) await sleep(waitMs, heard);
  }
}

function hasFired(signal) {
  try {
    return signal?.aborted === true;
  } catch {
    return false;
  }
}

export async function resumeCall(client, error, options) {
  const handle = handleOf(client, 'resumeCall');
  if (!isOutdialError(error) || error.code !== 'outcome_unknown' || error.operation !== 'createCall') {
    throw invalidInput('error', 'must be an outcome_unknown error of createCall', 'resumeCall');
  }
  if (!handle.honoursKeys || error.provider !== client.provider) {
    const unsure = handle.honoursKeys ? error.provider : client.provider;
    const message = `${unsure} does not promise one call per key: this could ring twice`;
    throw new OutdialError({ code: 'unsupported', message, provider: client.provider, operation: 'resumeCall', attempts: 0 });
  }
  const { packed, key, settledAt } = unsettled.get(error) ?? {};
  if (packed === undefined) {
    throw invalidInput('error', 'is of another process: use createCall with the same input and its idempotencyKey', 'resumeCall');
  }
  const again = onceUnder(key, options);
  return once(client, packed, key, again, () => place(client, handle, packed, again, true), settledAt);
}

function onceUnder(idempotencyKey, options) {
  try {
    return { ...options, idempotencyKey, maxRetries: 0 };
  } catch {
    throw invalidInput('options', 'cannot be read: it throws', 'resumeCall');
  }
}

async function place(client, handle, packed, options, resumed) {
  const startedAt = nowMs();
  try {
    return await runPacked('createCall', handle, packed, options, resumed);
  } catch (error) {
    if (isOutdialError(error) && error.code === 'outcome_unknown' && typeof error.idempotencyKey === 'string') {
      const endedAt = nowMs();
      const settledAt = endedAt + settlingMs(endedAt - startedAt);
      unsettled.set(error, { packed, key: error.idempotencyKey, settledAt });
      settle(keysOf(client).settling, error.idempotencyKey, endedAt, settledAt);
    }
    throw error;
  }
}

/** The platform may still be at an attempt that nobody waits for any more, or at one before it. */
function settle(settling, key, now, until) {
  for (const [other, at] of settling) if (at <= now) settling.delete(other);
  settling.set(key, Math.max(until, settling.get(key) ?? 0));
}

/**
 * A call on its way, for one more who asked for it; whose signal ends the waiting, not the call. Where nothing was sent for
 * the first who asked, by the signal, the time or the options that were its own, this one asks `again`.
 */
function join(client, { promise, packed: earlier }, packed, key, signal, again) {
  const { provider } = client;
  const failed = (code, message, cause) => new OutdialError({ code, message, provider, operation: 'createCall', attempts: 0, idempotencyKey: key }, cause);
  if (!earlier.equals(packed)) throw failed('conflict', 'Another call is on its way under this idempotencyKey');
  return new Promise((resolve, reject) => {
    let hasLeft = false;
    const leave = () => {
      hasLeft = true;
      const error = failed('outcome_unknown', 'The call is still on its way', reasonOf(signal));
      const left = { packed, key, settledAt: nowMs() + settlingMs(Infinity) };
      unsettled.set(error, left);
      promise.then(() => (left.settledAt = 0), (last) => (left.settledAt = unsettled.get(last)?.settledAt ?? 0));
      reject(error);
    };
    const stopListening = () => {
      try {
        signal?.removeEventListener('abort', leave);
      } catch {
        // A signal of the caller's own making; what it does now is its own business.
      }
    };
    try {
      signal?.addEventListener('abort', leave, { once: true });
      if (signal?.aborted) leave();
    } catch {
      return reject(noSignal());
    }
    promise.then(
      (call) => {
        stopListening();
        resolve(call);
      },
      (error) => {
        stopListening();
        if (!hasLeft && wasNotSent(error)) resolve(again());
        else reject(error);
      },
    );
  });
}

const OWN = ['aborted', 'timeout', 'invalid_input'];

// A rule refuses everybody. A resumed call whose own signal or time was over is outcome_unknown without one.
const wasNotSent = (error) => isOutdialError(error) && error.attempts === 0 && (OWN.includes(error.code) || (error.code === 'outcome_unknown' && error.details?.rule === undefined));

function signalOf(options) {
  try {
    const signal = options?.signal;
    if (signal === undefined || signal === null || typeof signal.addEventListener === 'function') return signal;
  } catch {
    // No better than one that is none.
  }
  throw noSignal();
}

const noSignal = () => invalidInput('signal', 'must be an AbortSignal', 'createCall');

function keyOf(options) {
  try {
    return typeof options?.idempotencyKey === 'string' ? options.idempotencyKey : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Places many calls. Gives `{ index, ok: true, value }` or `{ index, ok: false, error }` for each of `inputs`;
 * `keyFor(input, index)` gives the key of each.
 */
export function createCalls(client, inputs, options) {
  return runBulk({ client, operation: 'createCalls', single: 'createCall', inputs, options }, (_, settings) => {
    return { perform: ([row]) => createOne(client, row, settings) };
  });
}

async function createOne(client, row, { keyFor, each }) {
  const { index, input } = row;
  try {
    // Asked for once: what a 429 put off is asked for again under the same key.
    if (keyFor && row.key === undefined) row.key = readKey(keyFor(input, index));
    const options = row.key === undefined ? each : { ...each, idempotencyKey: row.key };
    return [{ index, ok: true, value: await createCall(client, input, options) }];
  } catch (error) {
    return [{ index, ok: false, error: isOutdialError(error) ? error : noKey(error) }];
  }
}

function readKey(key) {
  if (typeof key === 'string') return key;
  throw noKey();
}

function noKey(thrown) {
  const issues = [{ path: 'keyFor', code: 'invalid_type', message: thrown ? 'threw' : 'must give a string' }];
  const message = `Nothing was sent: keyFor ${issues[0].message}`;
  return new OutdialError({ code: 'invalid_input', message, operation: 'createCall', issues, attempts: 0 }, thrown);
}

export function listCalls(client, query = {}, options = {}) {
  const page = async (from) => run('listCalls', client, from, options);
  return {
    page: () => page(query),
    async *[Symbol.asyncIterator]() {
      let { items, hasMore, offset } = await page(query);
      for (;;) {
        yield* items;
        if (!hasMore || items.length === 0) return;
        ({ items, hasMore, offset } = await page({ ...query, offset: offset + items.length }));
      }
    },
  };
}

export async function getCall(client, id, options) {
  return run('getCall', client, { id }, options);
}

export async function updateCall(client, id, changes, options) {
  return run('updateCall', client, withId(changes, id), options);
}

// What cannot be read is refused where it is read.
function withId(changes, id) {
  try {
    return { ...changes, id };
  } catch {
    return changes;
  }
}

export async function deleteCall(client, id, options) {
  return run('deleteCall', client, { id }, options);
}

export async function deleteCalls(client, ids, options) {
  return run('deleteCalls', client, { ids }, options);
}

export async function getRecording(client, id, options) {
  return run('getRecording', client, { id }, options);
}

export async function getTranscript(client, id, options) {
  return run('getTranscript', client, { id }, options);
}
