import type { Client, PlatformName, Policy } from './index.js';

/** What a relay can do: the package's operations that are one request. */
export type RelayOperation =
  | 'createContact' | 'createCall' | 'listCalls' | 'getCall' | 'updateCall' | 'deleteCall' | 'deleteCalls'
  | 'getRecording' | 'getTranscript';

/** What a relay does, for whom, and whom it may call. */
export interface RelayOptions {
  /** Holds the secret: of a platform, not of another relay. */
  client: Client<PlatformName>;
  /** What pages may do; at least one. */
  allow: readonly RelayOperation[];
  /** Who may be called, before the client's own policy is asked. Calls by contactId need `contactIds: true`. */
  policy: Policy & { readonly regions: readonly string[] };
  /**
   * Whether this visitor may: only `true` lets a request pass. Anything else is 401; what throws, or takes longer than
   * hookTimeoutMs, is 403. It must leave the body alone.
   */
  authorize: (request: Request) => boolean | Promise<boolean>;
  /** Asked after authorize. What throws or is late refuses. Default: no limit. */
  rateLimit?: (request: Request) => RateVerdict | Promise<RateVerdict>;
  /** Origins of pages that may use it beside its own, such as 'https://shop.example'; they may send cookies. Default none. */
  origins?: readonly string[];
  /** Whether the platform's own documents go to the page as `raw`. Default false. */
  raw?: boolean;
  /** Whether inputs may hold `extra`, which the platform reads and the policy does not. Default false. */
  extra?: boolean;
  /** For an operation with all its attempts, in milliseconds; a page that waits less gets less. Default 30000. */
  timeoutMs?: number;
  /** For authorize, rateLimit and the policy's own rules, each, in milliseconds. Default 5000. */
  hookTimeoutMs?: number;
  /** For a request's body, which holds 64 kB at most, in milliseconds. Default 10000. */
  bodyTimeoutMs?: number;
}

/** Whether one more request may pass, and else how long to wait, in milliseconds. */
export type RateVerdict = boolean | { allow: boolean; retryAfterMs?: number };

/** A web-standard handler, as Next.js, Workers, Hono, Deno.serve and Bun.serve take it. */
export type Relay = (request: Request) => Promise<Response>;

/**
 * A web-standard handler that does for pages what `allow` lists. It never rejects: every answer is JSON.
 *
 * @throws {OutdialError} invalid_input with every problem of `options`, each under its name
 * @example
 * export const POST = createRelay({
 *   client: createClient({ provider: 'truedy', apiKey: process.env.TRUEDY_API_KEY }),
 *   allow: ['createContact', 'createCall'],
 *   policy: { regions: ['US', 'CA'] },
 *   authorize: async (request) => (await sessionOf(request)) !== undefined,
 * });
 */
export function createRelay(options: RelayOptions): Relay;

/**
 * A relay as a handler of node:http and of Express, behind a body parser or not. It never rejects.
 *
 * @example
 * app.all('/api/outdial', toNodeHandler(relay));
 */
export function toNodeHandler(relay: Relay): (req: NodeRequest, res: NodeResponse) => Promise<void>;

interface NodeRequest {
  readonly method?: string | undefined;
  readonly url?: string | undefined;
  readonly headers: Record<string, string | string[] | undefined>;
}

interface NodeResponse {
  setHeader(name: string, value: string): unknown;
  end(text?: string): unknown;
}

/**
 * A relay as the handler of an AWS Lambda function URL (events of version 2.0). It never rejects.
 *
 * @example
 * export const handler = toLambdaHandler(relay);
 * @see https://docs.aws.amazon.com/lambda/latest/dg/urls-invocation.html
 */
export function toLambdaHandler(relay: Relay): (event: LambdaEvent) => Promise<LambdaResult>;

/** What of an event of version 2.0 is read. */
export interface LambdaEvent {
  rawPath: string;
  rawQueryString?: string;
  headers: Record<string, string | undefined>;
  cookies?: string[];
  requestContext: { domainName: string; http: { method: string } };
  body?: string;
  isBase64Encoded?: boolean;
}

/** What a function URL sends. */
export interface LambdaResult {
  statusCode: number;
  headers: Record<string, string>;
  body: string;
}

export {};
