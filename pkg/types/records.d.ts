import type { Call, CallSettings, CallStatus } from './call.js';
import type { Client, OperationOptions } from './client.js';
import type { JsonObject } from './json.js';

/** A client of a platform that tells of its calls: Truedy, or a relay, behind which it may stand. */
export type RecordsClient = Client<'truedy' | 'relay'>;

/** Which calls to list. */
export interface CallQuery {
  status?: Exclude<CallStatus, 'canceled' | 'unknown'>;
  direction?: 'inbound' | 'outbound';
  agentId?: string;
  /** How many on a page: 1 to 100. Default: the platform's, 50. */
  limit?: number;
  /** How many to pass over: 0 to 4294967295. Default 0. */
  offset?: number;
}

/** One page of what a platform lists. */
export interface Page<T> {
  items: T[];
  /** How many there are in all, where the platform says so. */
  total?: number;
  /** Where this page begins. */
  offset: number;
  hasMore: boolean;
  requestId?: string;
  /** The platform's answer as it came. Through a relay only where that says `raw: true`. */
  raw?: unknown;
}

/** Calls, page by page as they are asked for; `page()` gives one page. Nothing is sent before either. */
export interface CallList extends AsyncIterable<Call<'truedy'>> {
  page(): Promise<Page<Call<'truedy'>>>;
}

/**
 * Lists calls. Each iteration begins anew.
 *
 * @throws {OutdialError} from the first step on: invalid_input for the query, unsupported for another platform
 * @example
 * for await (const { id, status } of listCalls(client, { status: 'failed' })) console.log(id, status);
 * @example
 * const { items, hasMore } = await listCalls(client, { limit: 20, offset: 40 }).page();
 * @see https://docs.truedy.ai/api-reference/calls
 */
export function listCalls(client: RecordsClient, query?: CallQuery, options?: OperationOptions): CallList;

/**
 * One call, as it is now.
 *
 * @throws {OutdialError} not_found where there is none
 * @example
 * const { status, durationSeconds, costUsd } = await getCall(client, id);
 * @see https://docs.truedy.ai/api-reference/calls/get-call
 */
export function getCall(client: RecordsClient, id: string, options?: OperationOptions): Promise<Call<'truedy'>>;
export function getCall(client: Client<'generic'>, id: string, options?: OperationOptions): Promise<Call<'generic'>>;

/** What can be changed of a call; at least one of the two. */
export type CallChanges = { context: JsonObject; settings?: ChangedSettings } | { context?: JsonObject; settings: ChangedSettings };

type ChangedSettings = Pick<CallSettings, 'recordingEnabled' | 'transcriptionEnabled'>;

/**
 * Changes what is stored with a call; a context replaces the one before.
 *
 * @throws {OutdialError} invalid_input for changes that say nothing, not_found
 * @example
 * await updateCall(client, id, { context: { order: '7a' } });
 */
export function updateCall(client: RecordsClient, id: string, changes: CallChanges, options?: OperationOptions): Promise<Call<'truedy'>>;

/** What a removal did. */
export interface Deleted {
  deletedIds: string[];
  /** Of these the platform says that they could not be removed: they are under way. */
  failedIds: string[];
  requestId?: string;
  /** The platform's answer as it came, if it had a body. Through a relay only where that says `raw: true`. */
  raw?: unknown;
}

/**
 * Removes a call from the records; one that is under way cannot be removed. It does not hang up.
 *
 * @throws {OutdialError} not_found, conflict or rejected where the platform refuses
 * @example
 * await deleteCall(client, id); // { deletedIds: [id], failedIds: [], … }
 */
export function deleteCall(client: RecordsClient, id: string, options?: OperationOptions): Promise<Deleted>;

/**
 * Removes many calls from the records. It is not asked for again when an answer is lost: the second would say that nothing was there.
 *
 * @param ids at least one
 * @throws {OutdialError} invalid_input for an empty list
 * @example
 * const { failedIds } = await deleteCalls(client, ids);
 */
export function deleteCalls(client: RecordsClient, ids: readonly string[], options?: OperationOptions): Promise<Deleted>;

/** Where a recording is. */
export interface Recording {
  recordingUrl: string;
  requestId?: string;
  /** The platform's answer as it came. Through a relay only where that says `raw: true`. */
  raw?: unknown;
}

/**
 * Where a call's recording is.
 *
 * @throws {OutdialError} not_found where the call was not recorded
 * @example
 * const { recordingUrl } = await getRecording(client, id);
 */
export function getRecording(client: RecordsClient, id: string, options?: OperationOptions): Promise<Recording>;

/** What was said. */
export interface Transcript {
  /** The platform's list of what was said, as it came: of Truedy `{ role, text }[]`. */
  transcript: unknown;
  summary?: string;
  requestId?: string;
  /** The platform's answer as it came. Through a relay only where that says `raw: true`. */
  raw?: unknown;
}

/**
 * What was said in a call.
 *
 * @throws {OutdialError} not_found where the transcript is not ready, or the call was not transcribed
 * @example
 * const { transcript, summary } = await getTranscript(client, id);
 */
export function getTranscript(client: RecordsClient, id: string, options?: OperationOptions): Promise<Transcript>;

export {};
