import type { Call, CallInput, Client, Contact, ContactInput, OutdialError, ProviderName } from './index.js';

/** One job of a queue, told apart by `operation`; `id` is the queue's own, the same however often it is delivered. */
export type Job<P extends ProviderName = ProviderName> =
  | { id: string; operation?: 'createCall'; input: CallInput<P> }
  | { id: string; operation: 'createContact'; input: ContactInput<P> };

/** What the store keeps of a job, told apart by `state`: plain data, of the input nothing. `error.message` may be the platform's own words. */
export type JobRecord =
  /** `startedAt` in milliseconds since 1970; `undone`: how many of the attempts are known to have done nothing. */
  | { state: 'started'; operation: string; provider: string; key?: string; attempts: number; undone?: number; startedAt: number }
  | {
      state: 'completed' | 'rejected' | 'parked';
      operation: string;
      provider: string;
      key?: string;
      id?: string;
      error?: { code: string; message: string };
    };

/** Where records outlive a worker. What is written must be safe when the promise resolves. */
export interface JobStore {
  /**
   * Stores `record` unless there is one under `id`, in one step; gives the one that was there before. `id` is the job's or,
   * for its second attempt, `${id}#${key}#2`, and so on.
   */
  claim(id: string, record: JobRecord): PromiseLike<JobRecord | null | undefined>;
  /** Replaces the record under `id`. */
  put(id: string, record: JobRecord): PromiseLike<unknown>;
  delete(id: string): PromiseLike<unknown>;
}

/** What one delivery may take. */
export interface JobOptions {
  /** For one delivery, in whole milliseconds from 1 to 2147483647: what comes again before that, or up to 10 s after it, is put off. Default 30000. */
  timeoutMs?: number;
  /** Which delivery of the job this is, from 1, as the queue counts: waits for what may pass grow with it, to a minute. Default 1. */
  delivery?: number;
  /** How often a job whose outcome is unknown is asked for under its key before it is parked: 1 to 100. Default 5. */
  maxAttempts?: number;
}

interface Ended {
  /** The key under which the platform was asked. */
  key?: string;
  /** What the store threw: the record does not say that the job has ended or, of a `retry`, that nothing was done. */
  unstored?: unknown;
}

/** What to do with a job now, told apart by `status`. */
export type JobOutcome<T> = Ended &
  (
    | /** Done: now, with its `value`, or by an earlier delivery, of which the store knows the `id`. */
    { status: 'completed'; id?: string; value?: T }
    /** It was refused, and always will be. A contact that Thoughtly made for a call is `error.details.contactId`. */
    | { status: 'rejected'; error: OutdialError }
    /** It may have been done, a call or the contact before it, and nobody asks again. For a person to look at. */
    | { status: 'parked'; error: OutdialError }
    /** Deliver it again, after `retryAfterMs` milliseconds. */
    | { status: 'retry'; retryAfterMs: number; error?: OutdialError }
  );

/**
 * Does one job of a queue that delivers at least once. The key is in the store before anything is sent; a job that comes
 * again is asked for under it where the platform honours keys (Truedy), and is parked where it does not.
 *
 * @throws {OutdialError} invalid_input, and only where nothing was sent: for a job without an id, or a store that fails before
 * @example
 * const outcome = await handleJob(client, { id: job.id, input: { agentId, phoneNumber } }, store);
 * if (outcome.status === 'retry') await redeliver(job, outcome.retryAfterMs);
 * else if (outcome.status === 'parked') await tellSomebody(job, outcome.error.idempotencyKey);
 */
export function handleJob<P extends ProviderName>(
  client: Client<P>,
  job: { id: string; operation?: 'createCall'; input: CallInput<P> },
  store: JobStore,
  options?: JobOptions,
): Promise<JobOutcome<Call<P>>>;
export function handleJob<P extends ProviderName>(
  client: Client<P>,
  job: { id: string; operation: 'createContact'; input: ContactInput<P> },
  store: JobStore,
  options?: JobOptions,
): Promise<JobOutcome<Contact<P>>>;

export {};
