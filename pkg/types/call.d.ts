import type { Answered, Client, OperationOptions, ProviderName } from './client.js';
import type { Issue, OutdialError } from './error.js';
import type { Carried, Needed } from './fields.js';
import type { JsonObject } from './json.js';

interface CallFields {
  /** Who talks. Kore.ai: the bot, where not the client's. */
  agentId: string;
  /** Who is called, as a person writes it, with its calling code; read strictly and sent as E.164. */
  phoneNumber: string;
  /** Who is called, as a contact. Thoughtly alone. */
  contactId: string;
  /** The number that is shown. Not for Thoughtly; Kore.ai requires it. */
  fromNumber?: string | null;
  /** What the agent's script reads. */
  variables?: { readonly [name: string]: string | number | boolean | undefined } | null;
  /** Truedy alone. */
  settings?: CallSettings | null;
  /** Fields of the platform that this vocabulary lacks; they go into its body as they are, and replace none that it has. */
  extra?: JsonObject | null;
}

interface CallInputs {
  /** @see https://docs.truedy.ai/api-reference/calls/create-call */
  truedy: Carried<CallFields, 'agentId' | 'phoneNumber' | 'fromNumber' | 'variables' | 'settings' | 'extra'>;
  /** @see https://docs.thoughtly.com/api-reference/contact/call-a-contact */
  thoughtly:
    | Carried<CallFields, 'agentId' | 'phoneNumber' | 'variables' | 'extra'>
    | Carried<CallFields, 'agentId' | 'contactId' | 'variables' | 'extra'>;
  /** @see Kore.ai's page "SmartAssist dialout" */
  kore: Partial<Pick<CallFields, 'agentId'>> &
    Carried<Omit<CallFields, 'agentId'>, 'phoneNumber' | 'fromNumber' | 'variables' | 'extra'> &
    Needed<CallFields, 'fromNumber'>;
  /** The client's description of the platform judges the rest. */
  generic: Partial<Omit<CallFields, 'phoneNumber' | 'contactId'>> & ({ phoneNumber: string; contactId?: never } | { contactId: string; phoneNumber?: never });
  /** Whatever is behind the relay judges the rest. */
  relay: Partial<Omit<CallFields, 'phoneNumber' | 'contactId'>> & ({ phoneNumber: string; contactId?: never } | { contactId: string; phoneNumber?: never });
}

/** What createCall takes; `CallInput<'truedy'>` is Truedy's. A field that the platform cannot carry is a mistake. */
export type CallInput<P extends ProviderName = ProviderName> = CallInputs[P];

/** What to do differently in one call; what is left out, or null, is left to the agent. */
export interface CallSettings {
  recordingEnabled?: boolean | null;
  transcriptionEnabled?: boolean | null;
  /** What the agent says first. */
  greeting?: string | null;
  /** Whole seconds, 1 to 4294967295. */
  maxDurationSeconds?: number | null;
  /** How long to wait for an answer: whole seconds, 1 to 4294967295. */
  joinTimeoutSeconds?: number | null;
}

/** What one call may take, and its key. */
export interface CallOptions extends OperationOptions {
  /**
   * The key under which the call is asked for, 1 to 255 visible ASCII characters. Default: a fresh UUID (RFC 9562, version 4).
   * Where this client knows of an outcome under it that is unknown, the call waits first, as resumeCall does.
   */
  idempotencyKey?: string;
}

/** One vocabulary for every platform. `'unknown'`: a word that this package does not know; `raw` has it. */
export type CallStatus = 'queued' | 'ringing' | 'in_progress' | 'completed' | 'failed' | 'no_answer' | 'busy' | 'voicemail' | 'canceled' | 'unknown';

/** A call as the platform has it. */
export interface Call<P extends ProviderName = ProviderName> extends Answered<P> {
  /** The platform's name for it; opaque. Thoughtly need not give one. */
  id?: string;
  status: CallStatus;
  agentId?: string;
  /** As the platform writes it. */
  phoneNumber?: string;
  fromNumber?: string;
  contactId?: string;
  /** `'outbound'` for what createCall gives. */
  direction?: string;
  /** ISO 8601, as are startedAt and endedAt. */
  createdAt?: string;
  startedAt?: string;
  endedAt?: string;
  durationSeconds?: number;
  /** In US dollars. */
  costUsd?: number;
  summary?: string;
  recordingUrl?: string;
  /** Why it failed. */
  lastError?: string;
  /** What is stored with it. */
  context?: Record<string, unknown>;
}

/**
 * Places a call, at most once. It is asked for again under its key where the platform honours keys (Truedy), or after a 429;
 * wherever it may have been placed and no answer says so the error is outcome_unknown, with its `idempotencyKey`. A call that
 * the platform created and could not place is no error: it is a Call with `status: 'failed'`.
 *
 * Two at a time under one key are one request; with different inputs the second is a `conflict`.
 *
 * @throws {OutdialError} invalid_input, not_allowed by the policy (its PolicyDecision in `details`), outcome_unknown, and what
 * the platform refuses: payment_required, rate_limited, rejected
 * @example
 * const call = await createCall(client, { agentId, phoneNumber: '+1 415 555 2671' }, { idempotencyKey: order.id });
 * console.log(call.id, call.status); // '1f4baf16-…', 'queued'
 * @see https://docs.truedy.ai/guides/idempotency
 */
export function createCall<P extends ProviderName>(client: Client<P>, input: CallInput<P>, options?: CallOptions): Promise<Call<P>>;

/**
 * Asks again for a call whose outcome is unknown, under its key, where one call per key is promised: Truedy, and a platform
 * whose description has a `keyHeader`. The platform may still be at work on what was asked before: what comes again waits as
 * long as that took, 10 s at most, and is sent once. The client must be of the same account.
 *
 * @param error what createCall rejected with, in this process; else call createCall with the same input and the error's key
 * @throws {OutdialError} invalid_input for another error, unsupported for another platform, else as createCall
 * @example
 * const call = await createCall(client, input).catch((error) => {
 *   if (isOutdialError(error) && error.code === 'outcome_unknown') return resumeCall(client, error);
 *   throw error;
 * });
 */
export function resumeCall<P extends 'truedy' | 'generic'>(
  client: Client<P>,
  error: Extract<OutdialError, { code: 'outcome_unknown' }>,
  options?: OperationOptions,
): Promise<Call<P>>;

/**
 * What createCall would refuse, without sending anything; an empty list if it can be sent. The policy is not asked: see
 * checkPolicy.
 *
 * @param clientOrProvider a client, whose `region`, `numbers` and `botId` count, or the name of a provider
 * @throws {OutdialError} invalid_input for what is neither, not_ready before init
 * @example
 * validateCall('truedy', { agentId: 'a', phoneNumber: '+1 415' });
 * // [{ path: 'phoneNumber', code: 'too_short', message: 'Too short for a number in US' }]
 */
export function validateCall(clientOrProvider: Client | ProviderName, input: unknown): Issue[];

export {};
