/** How the platforms behave; what is left out is as the vendors' pages have it. */
export interface SandboxOptions {
  /** Chooses every id. Default 1. */
  seed?: number | string;
  /** 'manual' (default) stands still until `advance`; 'live' is the machine's clock; a function gives ms since 1970. */
  clock?: 'manual' | 'live' | (() => number);
  /** Where a manual clock starts, in ms since 1970. */
  startAt?: number;
  /** Real time between a request's arrival and its answer. Default 0. */
  latencyMs?: number;

  /** What goes wrong, from the start. `sandbox.faults(list)` changes it. */
  faults?: Fault[];

  thoughtly?: {
    /** The tokens of each team. Default: every pair of a token and a team but the magic token. */
    teams?: Record<string, string[]>;
    /** The agents that exist. Default: every one. */
    interviews?: string[];
    /** 'ok': every refusal is a 200 with `error` set, since the page documents no other status. Default 'status'. */
    refusals?: 'status' | 'ok';
  };
  kore?: {
    /** The client secret of each client id. Default: every one exists, and signatures are not checked. */
    apps?: Record<string, string>;
    /** A `jti` is required and good for one request, `exp` at most an hour away by the sandbox's clock. Default false. */
    enforceJti?: boolean;
    /** Requests per minute, app and account; false switches it off. Default 60. */
    rateLimit?: number | false;
  };

  /** Which of Truedy's two documentations the answers follow. Default 'narrative'. */
  generation?: 'narrative' | 'openapi';
  /** The Truedy keys that are accepted. Default: any bearer token but the magic ones. */
  apiKeys?: string[];
  /** The Truedy agents that exist, and their outbound numbers. Default: every agent exists and may call from any number. */
  agents?: Record<string, { numbers?: string[] }>;
  /** Anything but 'active' answers every Truedy call with 402 and this reason. */
  account?: 'active' | 'trial_not_started' | 'trial_expired' | 'subscription_inactive' | 'insufficient_credits';
  /**
   * Truedy calls that exist from the start, in the names of the calls page; they stay in their status. Taken are `id`, `agent_id`,
   * `phone_number`, `from_number`, `direction`, `status` and `context`; the rest follows from them.
   */
  calls?: Partial<TruedyCall>[];
  /** Requests per minute and Truedy key; false switches it off. Default 100. */
  rateLimit?: number | false;
  /** false: the vendor's older backend, which may dial twice under one X-Idempotency-Key. Default true. */
  strictKeys?: boolean;
  /** How long a key brings its first answer back. Default 7 days. */
  keyLifetimeMs?: number;
}

/** Which requests a fault is for; what is left out matches all. `path` is the whole path, or a pattern. */
export interface FaultMatch {
  provider?: Provider;
  operation?: string;
  method?: string;
  path?: string | RegExp;
}

/** When a fault strikes. */
export interface FaultChances {
  on?: FaultMatch;
  /** How many requests it strikes. Default: all. */
  times?: number;
  /** How many matching requests pass before it. Default 0. */
  skip?: number;
  /** The chance to strike, 0 to 1, from the seed. Default 1. */
  rate?: number;
}

/** A fault alone. `processed`: whether the vendor does what was asked before things go wrong. */
export type FaultKind =
  | { kind: 'status'; status?: number; processed?: boolean; hint?: 'retry_after_seconds' | 'retry_after_date' | 'reset_at'; afterMs?: number }
  | { kind: 'cut_before'; processed?: false }
  | { kind: 'cut_during' | 'cut_after' | 'stall' | 'half_body'; processed?: true }
  | { kind: 'never'; processed?: boolean }
  | { kind: 'slow'; ms?: number; processed?: boolean }
  | { kind: 'garbage'; text?: string; status?: number; processed?: boolean }
  | { kind: 'huge_body'; bytes?: number; processed?: true }
  | { kind: 'html'; status?: number; processed?: boolean }
  | { kind: 'wrong_content_type'; contentType?: string; processed?: true }
  | { kind: 'wrong_shape'; json?: unknown; status?: number; processed?: boolean }
  | { kind: 'redirect'; status?: 301 | 302 | 303 | 307 | 308; location?: string; processed?: boolean };

/** `random` deals one of `kinds` at each strike; a name alone stands for the kind with its defaults. */
export type Fault = FaultChances & (FaultKind | { kind: 'random'; kinds: (FaultKind['kind'] | FaultKind)[] });

/** A platform that the sandbox plays. */
export type Provider = 'truedy' | 'thoughtly' | 'kore';

/** A request that arrived. */
export interface SandboxRequest {
  method: string;
  url: string;
  headers: Record<string, string>;
  /** The body's text; `json` is there when it is JSON. */
  body: string;
  json?: unknown;
  /** The sandbox's time on arrival, ISO 8601. */
  at: string;
  provider: Provider | null;
  operation: string | null;
  /** The answer's status; null while it is under way, and where none was sent. */
  status: number | null;
  /** The kind of the fault that struck it. */
  fault: FaultKind['kind'] | null;
  /** The vendor did what was asked, or refused it itself. */
  processed: boolean;
  /** An earlier answer was sent again. */
  replayed: boolean;
  /** Fields of the body, or of the query, that the vendor's page does not know and that were passed over. */
  ignored: string[];
  /** What no page forbids and is most likely a mistake. */
  warnings: string[];
}

/** A call, in the names of Truedy's calls page. */
export interface TruedyCall {
  provider: 'truedy';
  id: string;
  agent_id: string;
  phone_number: string;
  from_number: string | null;
  direction: string;
  status: string;
  started_at: string | null;
  ended_at: string | null;
  duration_seconds: number | null;
  cost_usd: number | null;
  summary: string | null;
  recording_url: string | null;
  context: Record<string, unknown>;
  variables: Record<string, string>;
  call_settings: Record<string, unknown>;
  created_at: string;
  updated_at: string;
}

/** What calls of the vendors that tell nothing of a call's progress have in common: Truedy's words. */
interface CallProgress {
  id: string;
  /** As it counts in `rang`: of Kore.ai's tel: targets with a +. */
  phone_number: string;
  direction: string;
  status: string;
  last_error: string | null;
  started_at: string | null;
  ended_at: string | null;
  created_at: string;
  updated_at: string;
  metadata: Record<string, unknown> | null;
}

/** A call of Thoughtly, whose page describes none: its ids, and how far it is. */
export interface ThoughtlyCall extends CallProgress {
  provider: 'thoughtly';
  contact_id: string;
  interview_id: string;
}

/** A call of Kore.ai, by what its dialout page asks for. */
export interface KoreCall extends CallProgress {
  provider: 'kore';
  sid: string;
  bot: string;
  target: string;
  caller: string;
}

/** A call of any of the platforms, told apart by `provider`. */
export type SandboxCall = TruedyCall | ThoughtlyCall | KoreCall;

/** A contact, in the names of Truedy's contacts page. */
export interface TruedyContact {
  provider: 'truedy';
  id: string;
  phone_number: string;
  first_name: string | null;
  last_name: string | null;
  email: string | null;
  custom_fields: Record<string, unknown> | null;
  created_at: string;
  updated_at: string;
  [other: string]: unknown;
}

/** A contact, in the names of Thoughtly's page. */
export interface ThoughtlyContact {
  provider: 'thoughtly';
  id: string;
  team_id: string;
  phone_number: string;
  name: string | null;
  email: string | null;
  country_code: string | null;
  tags: string[];
  attributes: Record<string, unknown>;
  created_at: string;
}

/** A contact, in the names of Kore.ai's page. */
export interface KoreContact {
  provider: 'kore';
  id: string;
  /** E.164, as in `cellPhone`. */
  phone_number: string;
  status: string;
  firstName: string;
  lastName: string;
  fullName: string;
  salutation: string;
  cellPhone: { phoneNumber: string; countryCode: string; extension: string };
  accountId: string;
  instanceBotId: string;
  createdBy: string;
  orgId: string;
  address: unknown[];
  twitterDetails: unknown[];
  createdAt: string;
  updatedAt: string;
}

/** A contact of any of the platforms, told apart by `provider`. */
export type SandboxContact = TruedyContact | ThoughtlyContact | KoreContact;

/** How many exist. */
export interface Created {
  calls: number;
  contacts: number;
}

/** What createSandbox gives. */
export interface Sandbox {
  /** Answers as the vendor would; the host of the URL does not matter. Rejects only where fetch does. */
  fetch: typeof fetch;
  /** Lets time pass, on top of what the clock says. */
  advance(ms: number): void;
  /** Replaces the faults. An empty list lifts them. */
  faults(list: Fault[]): void;
  /** Back to the start: time, ids, faults, what exists, what was recorded; with `seed`, to the start of that seed. */
  reset(options?: { seed?: number | string }): void;
  readonly now: number;
  /** Every request that arrived, as it came. */
  readonly requests: SandboxRequest[];
  /** The same with the secret masked wherever it stands. */
  readonly maskedRequests: SandboxRequest[];
  readonly calls: SandboxCall[];
  readonly contacts: SandboxContact[];
  /** How often each number was dialled, counted when the call is placed. */
  readonly rang: Record<string, number>;
  /** How many requests came in for each operation, by `provider.operation`: createContact, createCall, and so on. */
  readonly arrived: Record<string, number>;
  /** How many calls and contacts exist, in all and of each vendor. Costs nothing, unlike the lists. */
  readonly created: Created & Record<Provider, Created>;
}

/**
 * The platforms' APIs in memory, as strict as the vendors' pages. Nothing is sent anywhere, and no phone rings.
 *
 * @throws {TypeError} for an option that does not exist or cannot be
 * @example
 * const sandbox = createSandbox({ seed: 1 });
 * const client = createClient({ provider: 'truedy', apiKey: 'truedy_test', fetch: sandbox.fetch });
 * await createCall(client, { agentId: crypto.randomUUID(), phoneNumber: '+14155550123' });
 * sandbox.rang; // { '+14155550123': 1 }
 */
export function createSandbox(options?: SandboxOptions): Sandbox;

export {};
