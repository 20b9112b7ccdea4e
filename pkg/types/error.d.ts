import type { ProviderName } from './client.js';

/** The promised codes: the only part of an error that a program may look at. Messages are for people and may change. */
export type ErrorCode =
  /** The input, the options or the configuration cannot be sent; `issues` lists every problem. Nothing was sent. */
  | 'invalid_input'
  /** A rule of this package or of the caller's policy refuses it. Nothing was sent. */
  | 'not_allowed'
  /** The platform has no such operation. Nothing was sent. */
  | 'unsupported'
  /** 401 or 403. */
  | 'unauthorized'
  /** 402: credits or a subscription are missing. */
  | 'payment_required'
  /** 404. */
  | 'not_found'
  /** 409, or what a platform means by it; or, without a `status`, another call is on its way under the same key. */
  | 'conflict'
  /** Another 4xx; `issues` names fields where the platform does. */
  | 'rejected'
  /** 429; `retryAfterMs` says how long to wait where the platform does. */
  | 'rate_limited'
  /** 5xx, where nothing can have rung. */
  | 'provider_error'
  /** A redirect, which is never followed, or an answer that is not what the platform documents. */
  | 'bad_response'
  /** No connection came about, so nothing was sent; or it broke, and a change or a removal may have been done. Nothing can have rung. */
  | 'network'
  /** No answer within `timeoutMs`, where nothing can have rung. */
  | 'timeout'
  /** The caller's signal ended it; its reason is the `cause`. */
  | 'aborted'
  /** It may have happened, and no answer says so. A call's `idempotencyKey` is the key under which it was asked for. */
  | 'outcome_unknown'
  /** Called before `await init()` in a page, or the module could not be loaded. */
  | 'not_ready'
  /** A mistake in this package. */
  | 'internal';

/** One thing that is wrong with an input, with the place where it stands. */
export interface Issue {
  /** Such as `settings.maxDurationSeconds` or `tags.0`; empty for the input as a whole. */
  path: string;
  /**
   * Such as `required`, `invalid_type`, `invalid_format`, `too_long`, `out_of_range`, `unknown_field`, `unsupported_field`, or a
   * PhoneCode. A platform's own word where the platform named the field.
   */
  code: string;
  /** English, for the person who will read it; not promised. */
  message: string;
}

interface ErrorFields<C extends ErrorCode> extends Error {
  readonly name: 'OutdialError';
  readonly code: C;
  /** Who was asked; through a relay, the platform behind it where the relay names it. Absent where no client was at hand. */
  readonly provider?: ProviderName;
  /** As this package names it: `createCall`. */
  readonly operation?: string;
  /** The HTTP status of the answer, 100 to 599, if there was one that may be looked at: of a redirect a page is not told. */
  readonly status?: number;
  /** The platform's name for the request. */
  readonly requestId?: string;
  /** How long the platform asks to wait, in whole milliseconds. */
  readonly retryAfterMs?: number;
  readonly issues?: Issue[];
  /**
   * The platform's own details; of a policy's refusal, its PolicyDecision; of a bulk run's abort, `{ notStartedFrom }`; beside
   * these `contactId`, of a contact that exists, and `deletedIds`, of calls that are gone.
   */
  readonly details?: unknown;
  /** How often the network was tried; 0 if it failed or was ended before. */
  readonly attempts: number;
  /** The key under which a call was, or was to be, asked for. */
  readonly idempotencyKey?: string;
  /** What was thrown beneath it, or the reason of the caller's signal. */
  readonly cause?: unknown;
}

/** The errors of which more is known than of all. */
interface Known {
  invalid_input: { readonly issues: Issue[]; readonly attempts: 0 };
  not_ready: { readonly attempts: 0 };
}

/**
 * Everything that this package rejects or throws with, told apart by `code`. The exceptions are programming mistakes of the
 * phone functions: a TypeError for an argument that is none, a RangeError for a region, mode or type that does not exist.
 *
 * @example
 * try {
 *   await createCall(client, input);
 * } catch (error) {
 *   if (!isOutdialError(error)) throw error;
 *   if (error.code === 'invalid_input') for (const { path, message } of error.issues) console.error(path, message);
 *   else if (error.code === 'outcome_unknown') console.error('it may have rung, under', error.idempotencyKey);
 *   else console.error(error.code, error.message);
 * }
 */
export type OutdialError = { [C in ErrorCode]: ErrorFields<C> & (C extends keyof Known ? Known[C] : unknown) }[ErrorCode];

/** What an error is made of. */
type NewError = { code: ErrorCode; message: string; attempts: number } & Partial<Omit<ErrorFields<ErrorCode>, keyof Error | 'code' | 'attempts'>>;

/** The class, for `instanceof` and for errors of your own stores and mocks. `isOutdialError` sees more: other copies and realms. */
export const OutdialError: {
  readonly prototype: OutdialError;
  new (fields: NewError, cause?: unknown): OutdialError;
  [Symbol.hasInstance](value: unknown): value is OutdialError;
};

/**
 * Whether `error` is an OutdialError, also one of another copy of this package or of another realm (a frame, Jest). It never throws.
 *
 * @example
 * if (isOutdialError(error) && error.code === 'rate_limited') await sleep(error.retryAfterMs ?? 60_000);
 */
export function isOutdialError(error: unknown): error is OutdialError;

export {};
