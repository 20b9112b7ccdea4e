let lastMs;
let lastText;

/** ISO 8601 of ms since 1970. The manual clock stands still, so the last one is kept. */
export function isoTime(ms) {
  if (ms !== lastMs) [lastMs, lastText] = [ms, new Date(ms).toISOString()];
  return lastText;
}
