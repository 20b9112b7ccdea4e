/**
 * One job of a queue that delivers at least once: see queue.d.ts.
 *
 * The record of a job is written before anything is sent, by a `claim` that only one delivery can win:
 *
 *   { state: 'started', operation, provider, key?, attempts, undone?, startedAt }   an attempt is, or may be, under way
 *   { state: 'completed' | 'rejected' | 'parked', operation, provider, key?, id?, error? }   the job has ended
 *
 * Of its attempts `undone` are known to have done nothing, and it is begun again under the same key. What comes again after
 * others is asked for under the recorded key where the platform honours keys, once the attempt before must have ended;
 * where it does not, the job is parked: the phone may have rung. Each later attempt is claimed too, under
 * `${id}#${key}#2` and so on, so that one delivery makes it. No record is deleted that another delivery may look for.
 */
import { settlingMs } from './attempt.js';
import { runPacked } from './client.js';
import { OutdialError, isOutdialError } from './error.js';
import { pack } from './pack.js';
import { judge, waitBefore } from './queue/outcome.js';
import { readJob, refused } from './queue/settings.js';

// A job that could never be done for days has more; they may stay.
const MOST_FORGOTTEN = 100;

export async function handleJob(client, job, store, options) {
  const task = readJob(client, job, store, options);
  const { handle, operation } = task;
  const keeps = operation === 'createCall' && handle.honoursKeys;
  const fresh = recordOf(task, keeps ? crypto.randomUUID() : undefined, 1);
  const issues = handle.validate(operation, pack(task.input));
  if (issues.length > 0) return reject(task, fresh, issues);
  const earlier = await claim(task, fresh);
  if (!earlier) return attempt(task, fresh, keeps);
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
  if (earlier.state !== 'started') return ended(earlier);
  const { key, attempts, undone, startedAt } = earlier;
  const unsure = unsureOf(earlier);
  // The queue may have lost sight of a worker that is alive and at it; the platform may be at it for longer.
  const waitMs = startedAt + task.timeoutMs + (keeps ? settlingMs(task.timeoutMs) : 0) - Date.now();
  if (waitMs > 0) return { status: 'retry', retryAfterMs: waitMs, ...(key && { key }) };
  const mayAsk = earlier.provider === task.client.provider && (unsure === 0 || (keeps && unsure < task.maxAttempts));
  if (!mayAsk) return end(task, earlier, 'parked', { error: lost(task, earlier) });
  const again = recordOf(task, key, attempts + 1, undone);
  // Of two deliveries that come at this moment one goes on; the other finds its record.
  const other = await claim(task, again, attemptId(task, again));
  if (other?.state === 'started' && other.attempts < again.attempts) throw broken('claim', 'gave the record of an earlier attempt', task);
  if (other) return resume(task, other, keeps);
  await written(task, 'put', again);
  return attempt(task, again, keeps);
}

/** How many of a job's attempts may have done it, one under way among them. */
const unsureOf = ({ attempts, undone }) => attempts - (undone ?? 0);

const attemptId = ({ id }, { key = '', attempts }) => `${id}#${key}#${attempts}`;

function recordOf({ client, operation }, key, attempts, undone) {
  return { state: 'started', operation, provider: client.provider, ...(key && { key }), attempts, ...(undone && { undone }), startedAt: Date.now() };
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
const isCount = (value, least) => Number.isSafeInteger(value) && value >= least;
const isStarted = ({ startedAt, attempts, undone }) => Number.isFinite(startedAt) && isCount(attempts, 1) && isCount(undone ?? 0, 0) && (undone ?? 0) <= attempts;
// A database may give null for what was not written.
const isText = (value) => (value ?? undefined) === undefined || typeof value === 'string';

function isRecord({ state, key, id, error, ...rest }) {
  if (!STATES.includes(state) || ![key, id, error?.code, error?.message].every(isText)) return false;
  return state !== 'started' || isStarted(rest);
}

/** One attempt; the queue makes the next. */
async function attempt(task, record, keeps) {
  const { handle, operation, input, timeoutMs, maxAttempts, delivery } = task;
  // The next delivery counts from when the record was made.
  const leftMs = Math.min(timeoutMs, Math.floor(record.startedAt + timeoutMs - Date.now()));
  if (leftMs < 1) return giveUp(task, record);
  const options = { timeoutMs: leftMs, totalTimeoutMs: leftMs, maxRetries: 0, retryRateLimited: false, ...(record.key && { idempotencyKey: record.key }) };
  const unsure = unsureOf(record);
  const resumed = unsure > 1;
  try {
    const value = await runPacked(operation, handle, pack(input), options, resumed);
    return end(task, record, 'completed', { value });
  } catch (thrown) {
    const error = isOutdialError(thrown) ? thrown : new OutdialError({ code: 'outcome_unknown', message: 'It broke off', operation, attempts: 1 }, thrown);
    const { verdict, waitMs } = judge(error, { keeps, resumed, attempts: unsure, delivery, maxAttempts, timeoutMs });
    if (verdict === 'again') return { status: 'retry', retryAfterMs: waitMs, key: record.key, error };
    if (verdict === 'undone') return putOff(task, record, waitMs, error);
    return end(task, record, verdict, { error });
  }
}

/** The store took all the time that there was. Another delivery may be at the job by now: the record stays as it is. */
function giveUp({ client: { provider }, operation, delivery }, { key, attempts }) {
  const message = 'Nothing was sent: the store took as long as a delivery may';
  const error = new OutdialError({ code: 'timeout', message, provider, operation, attempts: 0 });
  return { status: 'retry', retryAfterMs: waitBefore(Math.max(attempts, delivery)), ...(key && { key }), error };
}

/** Nothing was done: the next delivery need not wait for the end of this attempt. */
async function putOff({ store, id }, record, retryAfterMs, error) {
  const { key, undone = 0 } = record;
  const unstored = await tryTo(() => store.put(id, { ...record, undone: undone + 1, startedAt: 0 }));
  return { status: 'retry', retryAfterMs, ...(key && { key }), error, ...unstored };
}

/** What is done is told, even where the store does not take it. */
async function end({ store, id: jobId }, started, state, { value, error }) {
  const record = endOf(started, state, { value, error });
  const { key } = record;
  const unstored = await tryTo(() => store.put(jobId, record));
  if (key && !unstored.unstored) await forget(store, jobId, started);
  return { status: state, ...(key && { key }), ...(record.id !== undefined && { id: record.id }), ...(value && { value }), ...(error && { error }), ...unstored };
}

/** Under a key the claims of its attempts have done their work: who still looked for one would be given the same call. */
async function forget(store, id, { key, attempts }) {
  for (let one = Math.max(2, attempts - MOST_FORGOTTEN); one <= attempts; one += 1) await tryTo(() => store.delete(attemptId({ id }, { key, attempts: one })));
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
