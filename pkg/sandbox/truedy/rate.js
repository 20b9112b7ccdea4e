import { Refusal } from './refusal.js';

const MINUTE_MS = 60_000;

/** At most `limit` requests per API key in each minute of the clock; `false` switches it off. */
export function createRateLimit({ limit, now, time }) {
  let counts = new Map();
  let minute;

  return {
    count(apiKey) {
      if (limit === false) return;
      const current = Math.floor(now() / MINUTE_MS);
      if (current !== minute) {
        minute = current;
        counts = new Map();
      }
      const count = (counts.get(apiKey) ?? 0) + 1;
      counts.set(apiKey, count);
      if (count > limit) {
        const details = { limit, reset_at: time((minute + 1) * MINUTE_MS) };
        throw new Refusal(429, 'rate_limit_exceeded', `Rate limit of ${limit} requests per minute exceeded`, { details });
      }
    },
    reset: () => counts.clear(),
  };
}
