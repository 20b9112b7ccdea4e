const SPAN_MS = 6;
const ROUNDS = 64;

/** How long `work` takes, in microseconds, as the mean of as many runs as fit into a few milliseconds. */
export function microsecondsOf(work) {
  let runs = 0;
  const from = performance.now();
  let to = from;
  do {
    for (let round = 0; round < ROUNDS; round += 1) work();
    runs += ROUNDS;
    to = performance.now();
  } while (to - from < SPAN_MS);
  return { microseconds: ((to - from) * 1000) / runs, runs };
}
