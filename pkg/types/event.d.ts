import type { ProviderName } from './client.js';
import type { ErrorCode } from './error.js';

/**
 * What a client tells its owner while it works: a request goes out, an answer comes, an attempt failed and another follows, the
 * operation failed. It holds no secret and no body, and numbers are masked.
 */
export interface OutdialEvent {
  type: 'request' | 'response' | 'retry' | 'failure';
  /** As the client has it: `relay` through a relay. */
  provider: ProviderName;
  /** As this package names it: `createCall`. */
  operation: string;
  /** Which request of the operation it is about, from 1; 0 before the first. */
  attempt: number;
  /** Masked with bullets, never letters: `+1•••••••671`. */
  phoneNumber?: string;
  /** The HTTP status of the answer. */
  status?: number;
  /** The platform's name for the request. */
  requestId?: string;
  /** How long the attempt took, in milliseconds; with a failure, how long the operation took. */
  durationMs?: number;
  /** How long until the next attempt, in milliseconds. */
  delayMs?: number;
  /** Of a retry, why; of a failure, the error's. */
  code?: ErrorCode;
}
