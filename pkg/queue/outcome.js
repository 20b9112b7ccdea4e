import { settlingMs } from '../attempt.js';

const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 60_000;

/** Failures after which nothing was done, and which may pass. */
const UNDONE = new Set(['rate_limited', 'network', 'timeout', 'aborted', 'not_ready']);

/** Failures of a request for a contact, alone or before a call, after which the contact may exist. */
const UNSURE = new Set(['timeout', 'provider_error', 'bad_response', 'aborted', 'internal']);

/**
 * What a failed attempt means for its job: `parked` if nobody can say whether it was done and it must not be asked for
 * again, `again` if it may be asked for again under the same key, `undone` if nothing was done and it may be begun anew
 * later, `rejected` if it never will be. `waitMs`: how long to wait, where there is anything to wait for.
 */
export function judge(error, { keeps, resumed, attempts, delivery, maxAttempts, timeoutMs }) {
  const { code, retryAfterMs } = error;
  const isUnsure = code === 'outcome_unknown' || (error.attempts > 0 && UNSURE.has(code) && !asksElsewhere(error));
  if (isUnsure && !keeps) return { verdict: 'parked' };
  const opensInMs = msUntil(error.details?.nextAllowedAt);
  const mayPass = isUnsure || opensInMs !== undefined || UNDONE.has(code);
  // Asked for at once it could overtake the attempt whose answer was lost.
  const waitMs = opensInMs ?? (isUnsure ? Math.max(timeoutMs + settlingMs(timeoutMs), retryAfterMs ?? 0) : (retryAfterMs ?? waitBefore(Math.max(attempts, delivery))));
  // Whatever is said now, an earlier delivery may have done it.
  if (isUnsure || resumed) return mayPass && attempts < maxAttempts ? { verdict: 'again', waitMs } : { verdict: 'parked' };
  return mayPass ? { verdict: 'undone', waitMs } : { verdict: 'rejected' };
}

// As src/outcome.rs: the platform has done nothing but name another address.
const asksElsewhere = ({ status }) => [301, 302, 307, 308].includes(status);

function msUntil(moment) {
  const at = Date.parse(moment ?? '');
  return Number.isFinite(at) ? Math.max(0, at - Date.now()) : undefined;
}

/** How long a job waits that could not be done so often. */
export const waitBefore = (attempts) => Math.round(Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** (attempts - 1)) * (0.5 + Math.random() / 2));
