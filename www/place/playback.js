const TICK_MS = 100;
const SLICE_MS = 250;
const LONGEST_STEP_MS = 3_600_000;
const ACTIVE = new Set(['queued', 'ringing', 'in_progress']);

export const isActive = (call) => ACTIVE.has(call.status);

/**
 * Lets the sandbox's time run faster than the clock on the wall while a call is under way. Time passes in slices, so that
 * `onSlice` sees every status that a call goes through.
 */
export function createPlayback(sandbox, onSlice) {
  let speed = 1;
  let timer;
  let last;

  function pass(ms) {
    for (let left = ms; left > 0; left -= SLICE_MS) {
      sandbox.advance(Math.min(left, SLICE_MS));
      onSlice(sandbox.calls);
    }
  }

  function tick() {
    const now = performance.now();
    pass((speed - 1) * (now - last));
    last = now;
    onSlice(sandbox.calls);
    if (!sandbox.calls.some(isActive)) stop();
  }

  function stop() {
    clearInterval(timer);
    timer = undefined;
  }

  return {
    start() {
      onSlice(sandbox.calls);
      if (timer !== undefined) return;
      last = performance.now();
      timer = setInterval(tick, TICK_MS);
    },

    setSpeed(times) {
      speed = times;
    },

    /** On to the next thing that happens to a call. */
    skip() {
      const statuses = () => sandbox.calls.map((call) => call.status).join();
      const before = statuses();
      for (let passed = 0; statuses() === before && passed < LONGEST_STEP_MS; passed += SLICE_MS) pass(SLICE_MS);
    },
  };
}
