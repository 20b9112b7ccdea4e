/**
 * The sandbox's clock, in ms since 1970. `source` is 'manual' (stands still at `startAt` until advanced), 'live' (the
 * machine's clock) or a function that gives the time; advanced time is added to any of them. It never runs backwards.
 */
export function createClock(source, startAt) {
  const read = { manual: () => startAt, live: Date.now }[source] ?? source;
  let advanced = 0;
  let latest = -Infinity;

  return {
    now() {
      latest = Math.max(latest, read() + advanced);
      return latest;
    },
    advance(ms) {
      if (!Number.isFinite(ms) || ms < 0) throw new TypeError('advance: ms must be a number of at least 0');
      advanced += ms;
    },
    reset() {
      advanced = 0;
      latest = -Infinity;
    },
  };
}
