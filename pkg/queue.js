/**
 * One job of a queue that delivers at least once: see queue.d.ts.
 *
 * The record of a job is written before anything is sent, by a `claim` that only one delivery can win:
 *
 *   { state: 'started', operation, provider, key?, attempts, startedAt }   an attempt is, or may be, under way
 *   { state: 'completed' | 'rejected' | 'parked', operation, provider, key?, id?, error? }   the job has ended
 *
 * What comes again after 'started' is asked for under the recorded key where the platform honours keys, once the attempt
 * before must have ended, and again by one delivery only: the second attempt is claimed under `${id}#2`, and so on. Where
 * it does not, the job is parked: the phone may have rung.
 */
import { runPacked } from './client.js';
import { OutdialError, isOutdialError } from './error.js';
import { pack } from './pack.js';
import { judge, waitBefore } from './queue/outcome.js';
import { readJob, refused } from './queue/settings.js';

export async function handleJob(client, job, store, options) {
  const task = readJob(client, job, store, options);
  const { handle, operation } = task;
  const keeps = operation === 'createCall' && handle.honoursKeys;
  const fresh = recordOf(task, keeps ? crypto.randomUUID() : undefined, 1);
  const issues = handle.validate(operation, pack(task.input));
  if (issues.length > 0) return reject(task, fresh, issues);
  const earlier = await claim(task, fresh);
  if (!earlier) return attempt(task, fresh, keeps, false);
  return resume(task, earlier, keeps);
}

/** What cannot be sent ends in one step, so that a worker which dies leaves no doubt. */
async function reject(task, { key: _, ...fresh }, issues) {
  const { operation, client: { provider } } = task;
  const message = `Nothing was sent: ${issues.map(({ path, message: why }) => `${path}: ${why}`).join('; ')}`;
  const error = new OutdialError({ code: 'invalid_input', message, provider, operation, issues, attempts: 0 });
  const earlier = await claim(task, endOf(fresh, 'rejected', { error }));
  return earlier ? resume(task, earlier, false) : { status: 'rejected', error };
}

/** A job that comes again. */
async function resume(task, earlier, keeps) {
  const { client } = task;
  if (earlier.state !== 'started') return ended(earlier);
  const waitMs = earlier.startedAt + task.timeoutMs - Date.now();
  // The queue may have lost sight of a worker that is alive and at it.
  if (waitMs > 0) return { status: 'retry', retryAfterMs: waitMs, ...(earlier.key && { key: earlier.key }) };
  const mayAsk = keeps && earlier.provider === client.provider && earlier.attempts < task.maxAttempts;
  if (!mayAsk) return end(task, earlier, 'parked', { error: lost(task, earlier) });
  const again = recordOf(task, earlier.key, earlier.attempts + 1);
  // Of two deliveries that come at this moment one goes on; the other finds its record.
  const other = await claim(task, again, `${task.id}#${again.attempts}`);
  if (other?.state === 'started' && other.attempts < again.attempts) throw broken('claim', 'gave the record of an earlier attempt', task);
  if (other) return resume(task, other, keeps);
  await written(task, 'put', again);
  return attempt(task, again, keeps, true);
}

function recordOf({ client, operation }, key, attempts) {
  return { state: 'started', operation, provider: client.provider, ...(key && { key }), attempts, startedAt: Date.now() };
}

/** Without a record nothing is sent, so a store that fails here fails the delivery and no more. */
async function claim(task, record, id = task.id) {
  const earlier = (await written(task, 'claim', record, id)) ?? undefined;
  if (earlier === undefined) return undefined;
  try {
    if (isRecord(earlier)) return { ...earlier };
  } catch {
    // No better than what is none.
  }
  throw broken('claim', 'gave what is no record of a job', task);
}

async function written({ store, id: jobId, operation }, method, record, id = jobId) {
  try {
    return await store[method](id, record);
  } catch (thrown) {
    throw broken(method, 'failed', { operation }, thrown);
  }
}

const broken = (method, how, { operation }, cause) => refused([{ path: `store.${method}`, code: 'unreadable', message: how }], operation, cause);

const STATES = ['started', 'completed', 'rejected', 'parked'];
const isMoment = ({ startedAt, attempts }) => Number.isFinite(startedAt) && Number.isFinite(attempts);
// A database may give null for what was not written.
const isText = (value) => (value ?? undefined) === undefined || typeof value === 'string';

function isRecord({ state, key, id, error, ...rest }) {
  if (!STATES.includes(state) || ![key, id, error?.code, error?.message].every(isText)) return false;
  return state !== 'started' || isMoment(rest);
}

/** One attempt; the queue makes the next. */
async function attempt(task, record, keeps, resumed) {
  const { handle, operation, input, timeoutMs, maxAttempts, delivery } = task;
  // The next delivery counts from when the record was made.
  const leftMs = Math.floor(record.startedAt + timeoutMs - Date.now());
  if (leftMs < 1) return giveUp(task, record, keeps);
  const options = { timeoutMs: leftMs, totalTimeoutMs: leftMs, maxRetries: 0, retryRateLimited: false, ...(record.key && { idempotencyKey: record.key }) };
  try {
    const value = await runPacked(operation, handle, pack(input), options, resumed);
    return end(task, record, 'completed', { value });
  } catch (thrown) {
    const error = isOutdialError(thrown) ? thrown : new OutdialError({ code: 'outcome_unknown', message: 'It broke off', operation, attempts: 1 }, thrown);
    const { verdict, waitMs } = judge(error, { keeps, resumed, attempts: record.attempts, delivery, maxAttempts, timeoutMs });
    if (verdict === 'again') return { status: 'retry', retryAfterMs: waitMs, key: record.key, error };
    if (verdict === 'undone') return release(task, waitMs, error);
    return end(task, record, verdict, { error });
  }
}

/** The store took all the time that there was: another delivery may be at the job by now, and ask under its key. */
async function giveUp(task, { key, attempts }, keeps) {
  const { client: { provider }, operation, delivery } = task;
  const message = 'Nothing was sent: the store took as long as a delivery may';
  const error = new OutdialError({ code: 'timeout', message, provider, operation, attempts: 0 });
  const waitMs = waitBefore(Math.max(attempts, delivery));
  return keeps ? { status: 'retry', retryAfterMs: waitMs, key, error } : release(task, waitMs, error);
}

/** Nothing was done: the next delivery begins anew. */
async function release({ store, id }, retryAfterMs, error) {
  const unstored = await tryTo(() => store.delete(id));
  return { status: 'retry', retryAfterMs, error, ...unstored };
}

/** What is done is told, even where the store does not take it. */
async function end({ store, id: jobId }, started, state, { value, error }) {
  const record = endOf(started, state, { value, error });
  const { key } = record;
  const unstored = await tryTo(() => store.put(jobId, record));
  return { status: state, ...(key && { key }), ...(record.id !== undefined && { id: record.id }), ...(value && { value }), ...(error && { error }), ...unstored };
}

function endOf({ key, provider, operation }, state, { value, error }) {
  return {
    state,
    operation,
    provider,
    ...(key && { key }),
    ...(value?.id !== undefined && { id: value.id }),
    ...(error && { error: { code: error.code, message: error.message } }),
  };
}

async function tryTo(write) {
  try {
    await write();
    return {};
  } catch (unstored) {
    return { unstored };
  }
}

function ended({ state, key, id, error, provider, operation }) {
  const known = error && new OutdialError({ code: error.code, message: error.message, provider, operation, attempts: 0, ...(key && { idempotencyKey: key }) });
  return { status: state, ...(key && { key }), ...(id && { id }), ...(known && { error: known }) };
}

function lost({ operation }, { provider, key }) {
  const message = 'It was begun before and how that ended is not known: it may have been done, and is not asked for again';
  return new OutdialError({ code: 'outcome_unknown', message, provider, operation, attempts: 0, ...(key && { idempotencyKey: key }) });
}
