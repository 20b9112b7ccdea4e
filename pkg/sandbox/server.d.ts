import type { Sandbox, SandboxOptions } from './index.js';

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

export interface SandboxServer {
  url: string;
  port: number;
  sandbox: Sandbox;
  close(): Promise<void>;
}

export function serveSandbox(options?: ServeOptions): Promise<SandboxServer>;
