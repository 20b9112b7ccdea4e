const MINUTE_MS = 60_000;

/** At most `limit` requests under one name in each minute of the clock; `false` switches it off. */
export function createRateLimit({ limit, now }) {
  let counts = new Map();
  let minute;

  return {
    /** Counts a request; when it is one too many, when the next minute begins (ms). */
    count(name) {
      if (limit === false) return undefined;
      const current = Math.floor(now() / MINUTE_MS);
      if (current !== minute) {
        minute = current;
        counts = new Map();
      }
      const count = (counts.get(name) ?? 0) + 1;
      counts.set(name, count);
      return count > limit ? (minute + 1) * MINUTE_MS : undefined;
    },
    reset: () => counts.clear(),
  };
}
