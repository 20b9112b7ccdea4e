import { setImmediate as turn } from 'node:timers/promises';
import { handleJob } from '../../pkg/queue.js';
import { createSandbox } from '../../pkg/sandbox/index.js';
import { createRandom } from '../../pkg/sandbox/random.js';
import { CALLS, clientOf } from '../js/support/platforms.mjs';

const TIMEOUT_MS = 100;
const LATENCY_MS = 60;
const VISIBILITY_MS = 400;
const CALM_AFTER_MS = 2_500;
const DELIVERIES = 60;
const DEAD = new Promise(() => {});

/** A clock that stands still but for what is waited for: timers, Date.now and performance.now of this process. */
function virtualClock() {
  const [real, timers] = [{ setTimeout, clearTimeout, dateNow: Date.now, now: performance.now }, new Map()];
  let now = 1_800_000_000_000;
  let last = 0;
  globalThis.setTimeout = (work, ms = 0, ...rest) => {
    const timer = { [Symbol.toPrimitive]: () => (last += 1), unref: () => timer, ref: () => timer };
    timers.set(timer, { at: now + Math.max(0, ms), work: () => work(...rest), turn: (last += 1) });
    return timer;
  };
  globalThis.clearTimeout = (timer) => timers.delete(timer);
  Date.now = () => now;
  performance.now = () => now;
  return {
    /** Until nothing is waited for any more. */
    async run() {
      for (;;) {
        await turn();
        const [next] = [...timers].sort(([, one], [, other]) => one.at - other.at || one.turn - other.turn);
        if (!next) return;
        timers.delete(next[0]);
        now = Math.max(now, next[1].at);
        next[1].work();
      }
    },
    restore() {
      Object.assign(globalThis, { setTimeout: real.setTimeout, clearTimeout: real.clearTimeout });
      Date.now = real.dateNow;
      delete performance.now;
    },
  };
}

/**
 * One job of a queue, delivered at least once, under a clock of its own, until its faults are over and nothing comes any
 * more. `faults` are chances: that a worker dies between two steps (`death`), that the store fails before or after it has
 * written (`before`, `after`), writes after it has said that it failed (`late`) or is slow, that the platform says 429
 * (`refused`) or an answer is lost before or after it dialled (`lost`). Gives how often the phone rang, under how many keys
 * it was asked for, and what the deliveries said.
 */
export async function playJob({ seed, provider, faults }) {
  const clock = virtualClock();
  const random = createRandom(seed).fraction;
  const [records, keys, said] = [new Map(), new Set(), []];
  const calmAt = Date.now() + CALM_AFTER_MS;
  const strikes = (name) => Date.now() < calmAt && random() < (faults[name] ?? 0);
  const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
  // A key is stored only when the platform has dialled.
  const sandbox = createSandbox({ clock: 'live', rateLimit: false, strictKeys: false, latencyMs: LATENCY_MS, kore: { rateLimit: false } });

  function createWorker() {
    let stepsLeft = strikes('death') ? Math.floor(random() * 8) : Infinity;
    const isDead = () => (stepsLeft -= 1) < 0;
    const slowness = () => random() * (strikes('slow') ? 250 : 4);

    const method = (work) => async (id, record) => {
      if (isDead()) return DEAD;
      const write = () => work(id, structuredClone(record));
      if (strikes('before')) throw new Error('down');
      if (strikes('after')) {
        const lateMs = strikes('late') ? random() * 300 : 0;
        pause(lateMs).then(write);
        await pause(Math.max(1, slowness()));
        throw new Error('no answer');
      }
      await pause(slowness());
      const earlier = write();
      await pause(slowness());
      return isDead() ? DEAD : structuredClone(earlier);
    };

    async function fetch(request) {
      if (isDead()) return DEAD;
      if (strikes('refused')) {
        await pause(random() * 40);
        return isDead() ? DEAD : Response.json({ detail: 'too many' }, { status: 429 });
      }
      if (strikes('lost')) {
        await pause(random() * 40);
        throw new TypeError('fetch failed');
      }
      keys.add(request.headers.get('x-idempotency-key') ?? 'none');
      const answer = await sandbox.fetch(request);
      if (isDead()) return DEAD;
      if (strikes('lost')) throw new TypeError('fetch failed');
      return answer;
    }

    return {
      client: clientOf(provider, { fetch }),
      store: {
        claim: method((id, record) => records.get(id) ?? void records.set(id, record)),
        put: method((id, record) => void records.set(id, record)),
        delete: method((id) => void records.delete(id)),
      },
    };
  }

  function deliver(left) {
    const { client, store } = createWorker();
    let isBack = false;
    const comeAgain = async (ms) => {
      await pause(ms);
      if (isBack || left === 0) return;
      isBack = true;
      deliver(left - 1);
    };
    comeAgain(VISIBILITY_MS);
    handleJob(client, { id: 'job', input: CALLS[provider] }, store, { timeoutMs: TIMEOUT_MS }).then((outcome) => {
      said.push(outcome.status);
      if (outcome.status === 'retry') comeAgain(outcome.retryAfterMs);
      else isBack = true;
    }, () => comeAgain(random() * 100));
    if (strikes('duplicate')) pause(random() * 300).then(() => deliver(left - 1));
  }

  try {
    deliver(DELIVERIES);
    await clock.run();
    return { rang: Object.values(sandbox.rang).reduce((sum, times) => sum + times, 0), keys: keys.size, said };
  } finally {
    clock.restore();
  }
}
