/**
 * Loads the module. A page awaits it once before it calls anything else; Node, Deno, Bun and workerd need not. Loading again
 * does nothing, and a load that failed may be tried again. `source`: where the module is, or what it is.
 */
export function init(source?: URL | string | Response | Promise<Response> | BufferSource | WebAssembly.Module): Promise<void>;

/** Whether `text` has the shape of an E.164 number, `^\+[1-9]\d{1,14}$`; not whether that number exists. */
export function isE164(text: string): boolean;

// ---- clients

export type ProviderName = 'truedy' | 'thoughtly' | 'kore' | 'relay';

/** One platform with one caller's credentials, which nothing of it shows. Made by createClient. */
export interface Client<P extends ProviderName = ProviderName> {
  readonly provider: P;
  /** A plain object is no client. */
  readonly [made]: true;
}
declare const made: unique symbol;

export interface CommonConfig {
  /** An http or https URL without user, query or fragment. Default: the vendor's. */
  baseUrl?: string;
  /** Sends requests in place of the runtime's own. */
  fetch?: (request: Request) => Promise<Response>;
  /** The region, as two letters (ISO 3166-1), where numbers without a calling code are called from. Default: none. */
  region?: string;
  /** Whether a number must be in use by the numbering plan, or of a possible length. Default 'possible'. */
  numbers?: 'possible' | 'valid';
  /** For one attempt, its body included, in milliseconds: 1 to 2147483647. Default 30000. */
  timeoutMs?: number;
  /** For all attempts and the waits between them, in milliseconds: 1 to 2147483647. Default 120000. */
  totalTimeoutMs?: number;
  /** How many attempts may follow the first, where nothing can happen twice: 0 to 10. Default 2. */
  maxRetries?: number;
  /** Who may be called. */
  policy?: Policy;
  /** Hears what happens: no secret, no body, and numbers masked. */
  onEvent?: (event: OutdialEvent) => void;
  /** Says that this secret may be seen by everybody who opens the page. Default false: createClient throws not_allowed there. */
  dangerouslyAllowBrowser?: boolean;
}

export interface TruedyConfig extends CommonConfig {
  provider: 'truedy';
  apiKey: string;
}

export interface ThoughtlyConfig extends CommonConfig {
  provider: 'thoughtly';
  apiToken: string;
  teamId: string;
}

interface KoreSettings extends CommonConfig {
  provider: 'kore';
  streamId: string;
  accountId: string;
  /** The bot that calls, where a call names none. */
  botId?: string;
  auth: KoreAuth;
}

/** `host` is the platform's, such as platform.kore.ai; baseUrl stands in its place for a test. */
export type KoreConfig = KoreSettings & ({ host: string } | { host?: string; baseUrl: string });

export type KoreAuth =
  | { jwt: string }
  | {
      clientId: string;
      clientSecret: string;
      /** Whether each token may be used once. Default: where expiresInSeconds is given. */
      jti?: boolean;
      /** How long a token lives, in seconds. */
      expiresInSeconds?: number;
    }
  /** Gives a token; a fresh one where the last was refused. */
  | ((asked: { fresh: boolean }) => string | Promise<string>);

/** A function of yours, made by createRelay of outdial/relay, which holds the secret. */
export interface RelayConfig extends Omit<CommonConfig, 'baseUrl' | 'dangerouslyAllowBrowser'> {
  provider: 'relay';
  /** Its address: an http or https URL, or in a page a path such as '/api/outdial'. */
  url: string;
}

export type ClientConfig = TruedyConfig | ThoughtlyConfig | KoreConfig | RelayConfig;

/** Throws invalid_input with every problem of `config`, not_allowed for a secret in a page, not_ready before init. */
export function createClient(config: TruedyConfig): Client<'truedy'>;
export function createClient(config: ThoughtlyConfig): Client<'thoughtly'>;
export function createClient(config: KoreConfig): Client<'kore'>;
export function createClient(config: RelayConfig): Client<'relay'>;
export function createClient(config: ClientConfig): AnyClient;

/** A client of a provider that is known when it runs: `client.provider` tells which. */
export type AnyClient = { [P in ProviderName]: Client<P> }[ProviderName];

/** What one operation may take; what is left out is the client's. */
export interface OperationOptions {
  /** Ends the operation; its reason is the error's cause. */
  signal?: AbortSignal | null;
  /** For one attempt, its body included, in milliseconds: 1 to 2147483647. */
  timeoutMs?: number;
  /** For all attempts and the waits between them, in milliseconds: 1 to 2147483647. */
  totalTimeoutMs?: number;
  /** How many attempts may follow the first: 0 to 10. */
  maxRetries?: number;
  /** Whether one of them may follow a 429. Default true; with false it is rate_limited at once, and yours to wait. */
  retryRateLimited?: boolean;
}

export interface CallOptions extends OperationOptions {
  /** The key under which the call is asked for, 1 to 255 visible ASCII characters. Default: a fresh UUID. */
  idempotencyKey?: string;
}

// ---- what is sent and what comes back

/** What JSON can say. Dates and URLs are sent as their text; an undefined member is left out. */
export type Json = string | number | boolean | null | undefined | Date | URL | readonly Json[] | { readonly [name: string]: Json };
type JsonObject = { readonly [name: string]: Json };

interface ContactFields {
  /** As a person writes it, with its calling code; sent as E.164. */
  phoneNumber: string;
  /** Truedy: at most 100 characters. */
  firstName?: string | null;
  /** Truedy: at most 100 characters. */
  lastName?: string | null;
  /** The whole name. Thoughtly alone. */
  name?: string | null;
  /** Not for Kore.ai. */
  email?: string | null;
  /** Mr or Mrs. Kore.ai alone, which requires it. */
  salutation?: string | null;
  /** Thoughtly alone. */
  tags?: readonly string[] | null;
  /** Not for Kore.ai. */
  customFields?: JsonObject | null;
  /** Kore.ai alone. */
  extension?: string | null;
  /** Fields of the platform that this vocabulary lacks; they go into its body as they are. */
  extra?: JsonObject | null;
}

interface CallFields {
  /** Who talks. Kore.ai: the bot, where not the client's. */
  agentId: string;
  /** Who is called, as a person writes it, with its calling code; sent as E.164. */
  phoneNumber: string;
  /** Who is called, as a contact. Thoughtly alone. */
  contactId: string;
  /** The number that is shown. Not for Thoughtly; Kore.ai requires it. */
  fromNumber?: string | null;
  /** What the agent's script reads. */
  variables?: { readonly [name: string]: string | number | boolean | undefined } | null;
  /** Truedy alone. */
  settings?: CallSettings | null;
  /** Fields of the platform that this vocabulary lacks; they go into its body as they are. */
  extra?: JsonObject | null;
}

/** The fields that a platform can carry; the others are a mistake, also in an object that was made elsewhere. */
type Carried<Fields, Names extends keyof Fields> = Pick<Fields, Names> & { [Name in Exclude<keyof Fields, Names>]?: never };
type Needed<Fields, Names extends keyof Fields> = { [Name in Names]-?: NonNullable<Fields[Name]> };

interface ContactInputs {
  truedy: Carried<ContactFields, 'phoneNumber' | 'firstName' | 'lastName' | 'email' | 'customFields' | 'extra'>;
  thoughtly: Carried<ContactFields, 'phoneNumber' | 'firstName' | 'lastName' | 'name' | 'email' | 'tags' | 'customFields' | 'extra'>;
  kore: Carried<ContactFields, 'phoneNumber' | 'firstName' | 'lastName' | 'salutation' | 'extension' | 'extra'> &
    Needed<ContactFields, 'firstName' | 'lastName' | 'salutation'>;
  /** Whatever is behind the relay judges the rest. */
  relay: ContactFields;
}

interface CallInputs {
  truedy: Carried<CallFields, 'agentId' | 'phoneNumber' | 'fromNumber' | 'variables' | 'settings' | 'extra'>;
  thoughtly:
    | Carried<CallFields, 'agentId' | 'phoneNumber' | 'variables' | 'extra'>
    | Carried<CallFields, 'agentId' | 'contactId' | 'variables' | 'extra'>;
  kore: Partial<Pick<CallFields, 'agentId'>> &
    Carried<Omit<CallFields, 'agentId'>, 'phoneNumber' | 'fromNumber' | 'variables' | 'extra'> &
    Needed<CallFields, 'fromNumber'>;
  /** Whatever is behind the relay judges the rest. */
  relay: Partial<CallFields>;
}

/** What createContact takes; `ContactInput<'kore'>` is Kore.ai's. */
export type ContactInput<P extends ProviderName = ProviderName> = ContactInputs[P];

/** What createCall takes; `CallInput<'truedy'>` is Truedy's. */
export type CallInput<P extends ProviderName = ProviderName> = CallInputs[P];

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

interface Answered<P extends ProviderName = ProviderName> {
  provider: P;
  /** The platform's name for the request. */
  requestId?: string;
  /** The platform's answer as it came. */
  raw: unknown;
}

export interface Contact<P extends ProviderName = ProviderName> extends Answered<P> {
  /** The platform's name for it; opaque. */
  id: string;
  /** As the platform writes it. */
  phoneNumber?: string;
  firstName?: string;
  lastName?: string;
  name?: string;
  email?: string;
  customFields?: Record<string, unknown>;
  /** ISO 8601. */
  createdAt?: string;
  /** ISO 8601. */
  updatedAt?: string;
}

/** 'unknown': a word that this package does not know; `raw` has it. */
export type CallStatus = 'queued' | 'ringing' | 'in_progress' | 'completed' | 'failed' | 'no_answer' | 'busy' | 'voicemail' | 'canceled' | 'unknown';

export interface Call<P extends ProviderName = ProviderName> extends Answered<P> {
  /** The platform's name for it; opaque. */
  id?: string;
  status: CallStatus;
  agentId?: string;
  phoneNumber?: string;
  fromNumber?: string;
  contactId?: string;
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

export * from './bulk.js';

// ---- operations: each rejects with an OutdialError

export function createContact<P extends ProviderName>(client: Client<P>, input: ContactInput<P>, options?: OperationOptions): Promise<Contact<P>>;

/** Places a call. Where it may have been placed and no answer says so, the error is outcome_unknown with its idempotencyKey. */
export function createCall<P extends ProviderName>(client: Client<P>, input: CallInput<P>, options?: CallOptions): Promise<Call<P>>;

/** Asks again for a call whose outcome is unknown, under its key, which the platform must honour (Truedy does). */
export function resumeCall<P extends ProviderName>(client: Client<P>, error: OutdialError, options?: OperationOptions): Promise<Call<P>>;

export interface CallQuery {
  status?: Exclude<CallStatus, 'canceled' | 'unknown'>;
  direction?: 'inbound' | 'outbound';
  agentId?: string;
  /** How many on a page: 1 to 100. */
  limit?: number;
  /** How many to pass over. */
  offset?: number;
}

export interface Page<T> {
  items: T[];
  total?: number;
  offset: number;
  hasMore: boolean;
  requestId?: string;
}

/** All calls, page by page as they are asked for; `page()` gives one page. Truedy alone, as all that follows. */
export function listCalls(client: Client<'truedy'>, query?: CallQuery, options?: OperationOptions): CallList;

export interface CallList extends AsyncIterable<Call<'truedy'>> {
  page(): Promise<Page<Call<'truedy'>>>;
}

export function getCall(client: Client<'truedy'>, id: string, options?: OperationOptions): Promise<Call<'truedy'>>;

/** Changes what is stored with a call; at least one of the two. */
export function updateCall(client: Client<'truedy'>, id: string, changes: CallChanges, options?: OperationOptions): Promise<Call<'truedy'>>;

export interface CallChanges {
  /** Replaces what is stored. */
  context?: JsonObject;
  settings?: Pick<CallSettings, 'recordingEnabled' | 'transcriptionEnabled'>;
}

export interface Deleted {
  deletedIds: string[];
  failedIds: string[];
  requestId?: string;
  raw: unknown;
}

export function deleteCall(client: Client<'truedy'>, id: string, options?: OperationOptions): Promise<Deleted>;
export function deleteCalls(client: Client<'truedy'>, ids: readonly string[], options?: OperationOptions): Promise<Deleted>;

export interface Recording {
  recordingUrl: string;
  requestId?: string;
  raw: unknown;
}

export interface Transcript {
  /** The platform's list of what was said, as it came. */
  transcript: unknown;
  summary?: string;
  requestId?: string;
  raw: unknown;
}

/** not_found where the call was not recorded. */
export function getRecording(client: Client<'truedy'>, id: string, options?: OperationOptions): Promise<Recording>;

/** not_found where the transcript is not ready, or the call was not transcribed. */
export function getTranscript(client: Client<'truedy'>, id: string, options?: OperationOptions): Promise<Transcript>;

/** What createContact would refuse, without sending anything; nothing, if it can be sent. */
export function validateContact(clientOrProvider: Client | ProviderName, input: unknown): Issue[];

/** What createCall would refuse, without sending anything; nothing, if it can be sent. */
export function validateCall(clientOrProvider: Client | ProviderName, input: unknown): Issue[];

// ---- who may be called

export type LineType =
  | 'fixed_line' | 'mobile' | 'fixed_line_or_mobile' | 'toll_free' | 'premium_rate' | 'shared_cost'
  | 'voip' | 'personal_number' | 'pager' | 'uan' | 'voicemail' | 'unknown';

export interface Policy {
  /** The only regions that may be called, as two letters (ISO 3166-1) or '001'. Default: all but '001'. */
  regions?: readonly string[];
  refusedRegions?: readonly string[];
  /** The only regions behind calling code 1 that may be called. */
  nanpRegions?: readonly string[];
  /** The only kinds of line that may be called. Default: all but premium_rate, shared_cost, personal_number and pager. */
  types?: readonly LineType[];
  /** The first digits of numbers that may not be called, in E.164: '+1900'. */
  refusedPrefixes?: readonly string[];
  /** Whether a contact may be called by its id, whose number is not known here. Default: only where nothing else is said. */
  contactIds?: boolean;
  /** The hours in which nobody is called. */
  quietHours?: QuietHours;
  /** The caller's own rule; anything but `{ allow: true }` refuses. */
  beforeCall?: (phone: CalledPhone) => CallVerdict | Promise<CallVerdict>;
}

/** Local times of the place that a number belongs to, '00:00' to '23:59'; a window may go over midnight. */
export interface QuietHours {
  /** The first minute in which nobody is called: '21:00'. */
  start: string;
  /** The minute from which on numbers are called again: '08:00'. */
  end: string;
  /** The time zone of every number, by its IANA name. Default: all that the number may be in by its prefix, and none may be quiet. */
  zone?: string;
}

export interface CalledPhone {
  e164: string;
  /** Digits. */
  callingCode: string;
  /** Digits, leading zeros kept. */
  nationalNumber: string;
  type: LineType;
  /** Two letters (ISO 3166-1), or '001'. */
  region?: string;
}

export type CallVerdict = { allow: true } | { allow: false; reason?: string };

export interface PolicyDecision {
  allowed: boolean;
  /** The rule that refuses, by its name in the policy. */
  rule?: keyof Policy;
  reason?: string;
  /** ISO 8601, UTC: the end of the quiet hours that refuse, if one comes within seven days. */
  nextAllowedAt?: string;
  region?: string;
  type: LineType;
  /** The version of the numbering plan that says so. */
  metadataVersion: string;
}

/** What a policy says of a number, without calling it. */
export function checkPolicy(policy: Policy | undefined, phoneNumber: string): Promise<PolicyDecision>;

// ---- errors and events

/** The promised codes. */
export type ErrorCode =
  /** The input cannot be sent; `issues` lists every problem. Nothing was sent. */
  | 'invalid_input'
  /** A rule of this package or of the caller's policy refuses it. Nothing was sent. */
  | 'not_allowed'
  /** The platform has no such operation. Nothing was sent. */
  | 'unsupported'
  /** 401 or 403. */
  | 'unauthorized'
  /** 402. */
  | 'payment_required'
  /** 404. */
  | 'not_found'
  /** 409. */
  | 'conflict'
  /** Another 4xx; `issues` names fields where the platform does. */
  | 'rejected'
  /** 429; `retryAfterMs` says how long to wait where the platform does. */
  | 'rate_limited'
  /** 5xx, where nothing can have rung. */
  | 'provider_error'
  /** A redirect, which is never followed, or an answer that is not what the platform documents. */
  | 'bad_response'
  /** No connection came about; nothing was sent. */
  | 'network'
  /** No answer in time, where nothing can have rung. */
  | 'timeout'
  /** The caller's signal ended it; its reason is the `cause`. */
  | 'aborted'
  /** It may have happened, and no answer says so. */
  | 'outcome_unknown'
  /** Called before init. */
  | 'not_ready'
  /** A mistake in this package. */
  | 'internal';

export interface Issue {
  /** Such as settings.maxDurationSeconds; empty for the input as a whole. */
  path: string;
  /** Such as required, invalid_type, out_of_range, unknown_field, or a code of the phone engine. */
  code: string;
  /** For the person who will read it; not promised. */
  message: string;
}

interface ErrorFields<C extends ErrorCode> extends Error {
  readonly name: 'OutdialError';
  readonly code: C;
  readonly provider?: ProviderName;
  /** As this package names it: createCall. */
  readonly operation?: string;
  /** The HTTP status of the answer, if there was one. */
  readonly status?: number;
  /** The platform's name for the request. */
  readonly requestId?: string;
  /** How long the platform asks to wait, in milliseconds. */
  readonly retryAfterMs?: number;
  readonly issues?: Issue[];
  /** The platform's own details. */
  readonly details?: unknown;
  /** How often the network was tried; 0 if it failed or was ended before. */
  readonly attempts: number;
  /** The key under which a call was asked for. */
  readonly idempotencyKey?: string;
  /** What was thrown beneath it, or the reason of the caller's signal. */
  readonly cause?: unknown;
}

/** Everything that this package rejects or throws with, told apart by `code`. */
export type OutdialError =
  | (ErrorFields<'invalid_input'> & { readonly issues: Issue[]; readonly attempts: 0 })
  | (ErrorFields<'not_ready'> & { readonly attempts: 0 })
  | { [C in Exclude<ErrorCode, 'invalid_input' | 'not_ready'>]: ErrorFields<C> }[Exclude<ErrorCode, 'invalid_input' | 'not_ready'>];

export const OutdialError: {
  readonly prototype: OutdialError;
  new (fields: { code: ErrorCode; message: string; attempts: number }, cause?: unknown): OutdialError;
  [Symbol.hasInstance](value: unknown): value is OutdialError;
};

/** Whether `error` is an OutdialError, also one of another copy of this package or of another realm. */
export function isOutdialError(error: unknown): error is OutdialError;

/** What a client tells its owner while it works. */
export interface OutdialEvent {
  type: 'request' | 'response' | 'retry' | 'failure';
  provider: ProviderName;
  operation: string;
  /** Which request of the operation it is about, from 1; 0 before the first. */
  attempt: number;
  /** Masked: +1•••••••671. */
  phoneNumber?: string;
  status?: number;
  requestId?: string;
  /** How long the attempt took, in milliseconds; with a failure, how long the operation took. */
  durationMs?: number;
  /** How long until the next attempt, in milliseconds. */
  delayMs?: number;
  code?: ErrorCode;
}
