import type { Call, CallInput } from './call.js';
import type { Client, OperationOptions, ProviderName } from './client.js';
import type { Contact, ContactInput } from './contact.js';
import type { OutdialError } from './error.js';

/** What became of one input, told apart by `ok`; `index` is its place among the inputs, from 0. */
export type BulkResult<T> = { index: number; ok: true; value: T } | { index: number; ok: false; error: OutdialError };

/** What many inputs may come from. */
export type BulkInputs<T> = Iterable<T> | AsyncIterable<T> | ReadableStream<T>;

/** How many are done at a time; the rest is for each of them, as OperationOptions has it. */
export interface BulkOptions extends Omit<OperationOptions, 'signal' | 'retryRateLimited'> {
  /** How many requests may be on their way: 1 to 1000. Default 4. */
  concurrency?: number;
  /**
   * How many requests may begin in any minute (a retry is none), together with all that this client does in bulk: 1 to 1000000, or Infinity.
   * Default: what the vendor's page allows (Truedy 100, Kore.ai 60), else Infinity.
   */
  perMinute?: number;
  /**
   * Begins nothing more; what is on its way finishes and has its result. Then every row of an array that was never begun is
   * `aborted`; of other inputs one such result stands for its row and all behind it. `details.notStartedFrom` is the first.
   */
  signal?: AbortSignal | null;
  /** Hears of every row that is done; what it throws is ignored. */
  onProgress?: (progress: BulkProgress) => void;
  /** Results in the order of the inputs, or as they come. Default `'input'`. */
  order?: 'input' | 'completion';
}

/** The same for calls. */
export interface BulkCallOptions<Input> extends BulkOptions {
  /** The key under which a call is asked for, as CallOptions has it. Default: a fresh UUID for each. */
  keyFor?: (input: Input, index: number) => string;
}

/** How far a run is. */
export interface BulkProgress {
  done: number;
  /** Of those done. */
  failed: number;
  /** Requests on their way. */
  inFlight: number;
}

/**
 * Creates many contacts: one result for each input; one that fails does not end the others, and one that cannot be sent is not.
 * Memory stays the same however many there are: inputs are read as results are taken, and up to 4 × `concurrency` are begun
 * ahead of that (with a `concurrency` of 1, none). So end a run early by `signal`: a `break` leaves the results of those
 * untold. A 429 puts all of them off, and none is lost. Kore.ai gets 100 in one request.
 *
 * @throws {OutdialError} invalid_input at the first step for options that are none and, after the results of all before, where
 * the inputs themselves throw
 * @example
 * for await (const result of createContacts(client, inputs, { concurrency: 8 })) {
 *   if (result.ok) console.log(result.index, result.value.id);
 *   else console.error(result.index, result.error.code);
 * }
 * @see https://docs.truedy.ai/guides/rate-limits
 */
export function createContacts<P extends ProviderName>(
  client: Client<P>,
  inputs: BulkInputs<ContactInput<P>>,
  options?: BulkOptions,
): AsyncGenerator<BulkResult<Contact<P>>, void, undefined>;

/**
 * Places many calls, as createContacts creates contacts.
 *
 * @throws {OutdialError} as createContacts
 * @example
 * for await (const result of createCalls(client, inputs, { keyFor: ({ variables }) => `order-${variables?.order}` })) {
 *   if (!result.ok && result.error.code === 'outcome_unknown') console.error('may have rung', result.error.idempotencyKey);
 * }
 */
export function createCalls<P extends ProviderName>(
  client: Client<P>,
  inputs: BulkInputs<CallInput<P>>,
  options?: BulkCallOptions<CallInput<P>>,
): AsyncGenerator<BulkResult<Call<P>>, void, undefined>;
