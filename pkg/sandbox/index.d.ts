export interface SandboxOptions {
  /** Chooses every id. Default 1. */
  seed?: number | string;
  /** 'manual' (default) stands still until `advance`; 'live' is the machine's clock; a function gives ms since 1970. */
  clock?: 'manual' | 'live' | (() => number);
  /** Where a manual clock starts, in ms since 1970. */
  startAt?: number;
  /** Real time between a request's arrival and its answer. Default 0. */
  latencyMs?: number;

  /** Which of Truedy's two documentations the answers follow. Default 'narrative'. */
  generation?: 'narrative' | 'openapi';
  /** The keys that are accepted. Default: any bearer token but the magic ones. */
  apiKeys?: string[];
  /** The agents that exist, and their outbound numbers. Default: every agent exists and may call from any number. */
  agents?: Record<string, { numbers?: string[] }>;
  /** Anything but 'active' answers every call with 402 and this reason. */
  account?: 'active' | 'trial_not_started' | 'trial_expired' | 'subscription_inactive' | 'insufficient_credits';
  /** Calls that exist from the start, in the names of the calls page; they stay in their status. */
  calls?: Partial<SandboxCall>[];
  /** Requests per minute and key; false switches it off. Default 100. */
  rateLimit?: number | false;
  /** false: the vendor's older backend, which may dial twice under one X-Idempotency-Key. Default true. */
  strictKeys?: boolean;
  /** How long a key brings its first answer back. Default 7 days. */
  keyLifetimeMs?: number;
}

export interface SandboxRequest {
  method: string;
  url: string;
  headers: Record<string, string>;
  /** The body's text; `json` is there when it is JSON. */
  body: string;
  json?: unknown;
  /** The sandbox's time on arrival, ISO 8601. */
  at: string;
  provider: string | null;
  operation: string | null;
  /** The answer's status; null while it is under way. */
  status: number | null;
  /** An earlier answer was sent again. */
  replayed: boolean;
  /** Fields of the body, or of the query, that the vendor's page does not know and that were passed over. */
  ignored: string[];
}

export interface SandboxCall {
  provider: string;
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

export interface SandboxContact {
  provider: string;
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

export interface Sandbox {
  /** Answers as the vendor would; the host of the URL does not matter. Rejects only where fetch does. */
  fetch: typeof fetch;
  /** Lets time pass, on top of what the clock says. */
  advance(ms: number): void;
  /** Back to the start: time, ids, what exists, what was recorded. */
  reset(): void;
  readonly now: number;
  /** Every request that arrived, as it came. */
  readonly requests: SandboxRequest[];
  /** The same with the secret masked wherever it stands. */
  readonly maskedRequests: SandboxRequest[];
  readonly calls: SandboxCall[];
  readonly contacts: SandboxContact[];
  /** How often each number was dialled, counted when the call is placed. */
  readonly rang: Record<string, number>;
}

export function createSandbox(options?: SandboxOptions): Sandbox;
