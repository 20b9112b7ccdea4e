import type { Sandbox, SandboxOptions } from './index.js';

/** Where it listens, and how its platforms behave. */
export interface ServeOptions extends SandboxOptions {
  /** Default 0: a free one. */
  port?: number;
  /** Default 127.0.0.1. */
  host?: string;
  /** Origins that may use it beside those of this machine; '*' allows all. */
  origins?: string[] | '*';
  /** One that exists, instead of the options of a new one. */
  sandbox?: Sandbox;
}

/** A server that listens. */
export interface SandboxServer {
  url: string;
  port: number;
  sandbox: Sandbox;
  close(): Promise<void>;
}

/**
 * A sandbox as an HTTP server on this machine, also as `npx outdial sandbox`.
 *
 * @throws what the runtime throws for a port that is taken
 * @example
 * const { url, close } = await serveSandbox({ port: 4010 });
 * const client = createClient({ provider: 'truedy', apiKey: 'truedy_test', baseUrl: `${url}/api/public/v1` });
 */
export function serveSandbox(options?: ServeOptions): Promise<SandboxServer>;
