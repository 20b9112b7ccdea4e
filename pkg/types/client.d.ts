import type { Call } from './call.js';
import type { Contact } from './contact.js';
import type { OutdialEvent } from './event.js';
import type { JsonObject } from './json.js';
import type { Policy } from './policy.js';
import type { RegionCode } from './phone.js';

/** A platform that this package talks to itself. */
export type PlatformName = 'truedy' | 'thoughtly' | 'kore' | 'generic';

/** A platform, or a function of yours that stands in front of one. */
export type ProviderName = PlatformName | 'relay';

/** One platform with one caller's credentials, which nothing of it shows. Made by createClient; a plain object is no client. */
export interface Client<P extends ProviderName = ProviderName> {
  readonly provider: P;
  readonly [made]: true;
}
declare const made: unique symbol;

/** A client of a provider that is known when it runs: `client.provider` tells which. */
export type AnyClient = { [P in ProviderName]: Client<P> }[ProviderName];

/** What every client takes. */
export interface CommonConfig {
  /** An http or https URL without user, query or fragment. Default: the vendor's. */
  baseUrl?: string;
  /** Sends requests in place of the runtime's own `fetch`; it gets one whole Request. A sandbox's is one. */
  fetch?: (request: Request) => Promise<Response>;
  /** Where numbers without a calling code are called from: ISO 3166-1 alpha-2, `'US'`. Default: none, and they are refused. */
  region?: RegionCode;
  /** Whether a number must be in use by the numbering plan, or only of a possible length. Default `'possible'`. */
  numbers?: 'possible' | 'valid';
  /** For one attempt, its body included, in whole milliseconds: 1 to 2147483647. Default 30000. */
  timeoutMs?: number;
  /** For all attempts and the waits between them, in whole milliseconds: 1 to 2147483647. Default 120000. */
  totalTimeoutMs?: number;
  /** How many attempts may follow the first, where nothing can happen twice: 0 to 10. Default 2. */
  maxRetries?: number;
  /** Who may be called. Default: everybody but premium-rate, shared-cost, personal and pager numbers and region `'001'`. */
  policy?: Policy;
  /** Hears what happens: no secret, no body, and numbers masked. What it throws is ignored. */
  onEvent?: (event: OutdialEvent) => void;
  /** Says that this secret may be seen by everybody who opens the page. Default false: createClient throws not_allowed there. */
  dangerouslyAllowBrowser?: boolean;
}

/** @see https://docs.truedy.ai/authentication */
export interface TruedyConfig extends CommonConfig {
  provider: 'truedy';
  /** Sent as a bearer token. */
  apiKey: string;
}

/** @see https://docs.thoughtly.com/api-reference */
export interface ThoughtlyConfig extends CommonConfig {
  provider: 'thoughtly';
  /** Sent in the header `x-api-token`. */
  apiToken: string;
  /** Sent in the header `team_id`; a reverse proxy on the way must let underscores pass. */
  teamId: string;
}

interface KoreSettings extends CommonConfig {
  provider: 'kore';
  /** Of the contacts' addresses. */
  streamId: string;
  /** Sent in the header `accountId`, with contacts. */
  accountId: string;
  /** The bot that calls, where a call names none. */
  botId?: string;
  auth: KoreAuth;
}

/**
 * `host` is the platform's, such as `platform.kore.ai`; baseUrl stands in its place for a test.
 *
 * @see Kore.ai's page "API introduction" (ai-for-service/apis/automation/api-introduction), part "Generating the JWT Token"
 */
export type KoreConfig = KoreSettings & ({ host: string } | { host?: string; baseUrl: string });

/** The JWT of the header `auth`: given, signed here with HS256 (RFC 7515), or asked of a function. */
export type KoreAuth =
  | { jwt: string }
  | {
      clientId: string;
      clientSecret: string;
      /** Whether each token may be used once. Default: where expiresInSeconds is given. */
      jti?: boolean;
      /** How long a token lives, in whole seconds: 1 to 3600. Default 300 with `jti`; without, it does not expire. */
      expiresInSeconds?: number;
    }
  /** Gives a token; a fresh one where the last was refused. */
  | ((asked: { fresh: boolean }) => string | Promise<string>);

/**
 * A platform that this package does not know, as you describe it. A text `'{field}'` stands for that field of an input: as a step
 * of a path it is encoded, in a body it is the field as it is given, and left out with its name where it is not given. An input
 * with a field that the description has no place for is refused.
 *
 * @example
 * const client = createClient({
 *   provider: 'generic',
 *   baseUrl: 'https://api.acme.example/v1',
 *   headers: { Authorization: `Bearer ${process.env.ACME_KEY}` },
 *   createCall: {
 *     path: '/agents/{agentId}/calls',
 *     body: { customer: { number: '{phoneNumber}' }, facts: '{variables}', kind: 'outbound' },
 *     answer: { id: 'call.id', status: 'call.state' },
 *     keyHeader: 'Idempotency-Key',
 *   },
 *   getCall: { path: '/calls/{id}', answer: { status: 'state', durationSeconds: 'seconds' } },
 * });
 */
export interface GenericConfig extends CommonConfig {
  provider: 'generic';
  baseUrl: string;
  /** Sent with each request, as credentials: no error or event shows what they hold. */
  headers?: { readonly [name: string]: string };
  /** A POST; its answer must hold the contact's id. */
  createContact?: GenericWay & { body: JsonObject; answer: { id: string } };
  /** A POST. */
  createCall?: GenericWay & {
    body: JsonObject;
    /** The header in which the platform takes an idempotency key, if it places one call per key: calls are repeated under it. */
    keyHeader?: string;
  };
  /** A GET; the path holds `{id}`. */
  getCall?: GenericWay;
}

/** Where an operation is, and where its answer says what. */
export interface GenericWay {
  /** Below baseUrl: `'/agents/{agentId}/calls'`. */
  path: string;
  /**
   * Where the answer says each field of a Contact or a Call: names with dots between them, `'data.items.0.id'`; of several, with
   * spaces between them, the first that is there. What it leaves out is what was sent.
   */
  answer?: { readonly [Field in keyof (Contact & Call)]?: string };
}

/** A function of yours, made by createRelay of outdial/relay, which holds the secret. */
export interface RelayConfig extends Omit<CommonConfig, 'baseUrl' | 'dangerouslyAllowBrowser'> {
  provider: 'relay';
  /** Its address: an http or https URL, or in a page a path such as `'/api/outdial'`. */
  url: string;
}

/** What createClient takes, told apart by `provider`. */
export type ClientConfig = TruedyConfig | ThoughtlyConfig | KoreConfig | GenericConfig | RelayConfig;

/**
 * A client of a platform, or of your relay. Nothing is sent.
 *
 * @throws {OutdialError} invalid_input with every problem of `config`, not_allowed for a secret in a page, not_ready before init
 * @example
 * const client = createClient({ provider: 'truedy', apiKey: process.env.TRUEDY_API_KEY, policy: { regions: ['US', 'CA'] } });
 * @example
 * const client = createClient({ provider: 'relay', url: '/api/outdial' }); // in a page: no secret
 */
export function createClient(config: TruedyConfig): Client<'truedy'>;
export function createClient(config: ThoughtlyConfig): Client<'thoughtly'>;
export function createClient(config: KoreConfig): Client<'kore'>;
export function createClient(config: GenericConfig): Client<'generic'>;
export function createClient(config: RelayConfig): Client<'relay'>;
export function createClient(config: ClientConfig): AnyClient;

/** What one operation may take; what is left out, or null, is the client's. */
export interface OperationOptions {
  /** Ends the operation; its reason is the error's cause. */
  signal?: AbortSignal | null;
  /** For one attempt, its body included, in whole milliseconds: 1 to 2147483647. */
  timeoutMs?: number;
  /** For all attempts and the waits between them, in whole milliseconds: 1 to 2147483647. */
  totalTimeoutMs?: number;
  /** How many attempts may follow the first: 0 to 10. */
  maxRetries?: number;
  /** Whether one of them may follow a 429. Default true; with false it is rate_limited at once, and yours to wait. */
  retryRateLimited?: boolean;
}

/** What every answer holds. */
export interface Answered<P extends ProviderName = ProviderName> {
  /** Who answered; through a relay, the platform behind it. */
  provider: P extends 'relay' ? PlatformName : P;
  /** The platform's name for the request. */
  requestId?: string;
  /** The platform's answer as it came. Through a relay only where that says `raw: true`. */
  raw?: unknown;
}

export {};
