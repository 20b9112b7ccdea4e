import { setTimeout as pause } from 'node:timers/promises';
import { serveSandbox } from '../../pkg/sandbox/server.js';
import { CONFIGS, CALLS } from '../js/support/platforms.mjs';
import { openBullmq } from './bullmq.mjs';
import { openCloudflare } from './cloudflare.mjs';

export const ENGINES = { BullMQ: { open: openBullmq, workers: 2 }, 'Cloudflare Queues': { open: openCloudflare, workers: 1 } };

// A delivery takes no longer, so a job that comes again later than that is alone.
const TIMEOUT_MS = 1_000;
const LATENCY_MS = 120;
const PATIENCE_MS = 180_000;
const EVERY_INVALID = 50;

/**
 * One round: `jobs` jobs go through an engine whose workers are killed with SIGKILL, `kills` times at random moments.
 * Gives how they ended, and what became of it on the platform. `random`: 0 to less than 1, for the moments;
 * `timeoutMs`: of one attempt.
 */
export async function runRound({ engine, provider, jobs, kills, random = Math.random, timeoutMs = TIMEOUT_MS }) {
  const { url, sandbox, close } = await serveSandbox({ clock: 'live', latencyMs: LATENCY_MS, rateLimit: false, kore: { rateLimit: false } });
  const config = { ...CONFIGS[provider], baseUrl: provider === 'truedy' ? `${url}/api/public/v1` : url };
  const { open, workers } = ENGINES[engine];
  const queue = await open({ env: { OUTDIAL_CONFIG: JSON.stringify(config), TIMEOUT_MS: String(timeoutMs), CALLS_PER_MINUTE: '1000000' }, random });
  const running = await Promise.all(Array.from({ length: workers }, queue.start));
  try {
    await queue.send(jobsOf(provider, jobs));
    const killed = await killAtRandom(queue, running, { jobs, kills, random });
    const ended = await allEnded(queue, jobs);
    return { engine, provider, jobs, kills: killed, ...tally(ended), ...rung(sandbox) };
  } finally {
    await Promise.all(running.map(({ kill }) => kill()));
    await queue.close();
    await close();
  }
}

function jobsOf(provider, count) {
  return Array.from({ length: count }, (_, index) => {
    const phoneNumber = index % EVERY_INVALID === 0 ? '+9198765xxxxx' : `+1415${2_550_000 + 1_000 + index}`;
    return { id: `job-${index}`, input: { ...CALLS[provider], phoneNumber } };
  });
}

/** Kills a worker in the middle of its work and starts another, again and again; gives how often. */
async function killAtRandom(queue, running, { jobs, kills, random }) {
  let before = 0;
  for (let killed = 0; killed < kills; killed += 1) {
    before = await progress(queue, before);
    await pause(random() * jobs);
    if ((await queue.count()) === jobs) return killed;
    const at = Math.floor(random() * running.length);
    await running[at].kill();
    running[at] = await queue.start();
  }
  return kills;
}

/** Waits until more jobs have ended than `before`; gives how many. */
async function progress(queue, before) {
  const until = performance.now() + PATIENCE_MS;
  for (;;) {
    const count = await queue.count();
    if (count > before) return count;
    if (performance.now() > until) throw new Error(`nothing ended for ${PATIENCE_MS} ms`);
    await pause(20);
  }
}

async function allEnded(queue, jobs) {
  const until = performance.now() + PATIENCE_MS;
  for (;;) {
    const count = await queue.count();
    if (count === jobs) return queue.ended();
    if (performance.now() > until) throw new Error(`${jobs - count} of ${jobs} jobs have not ended after ${PATIENCE_MS} ms`);
    await pause(200);
  }
}

function tally(ended) {
  const counts = { completed: 0, rejected: 0, parked: 0 };
  for (const status of ended.values()) {
    if (!(status in counts)) throw new Error(`a job ended as "${status}"`);
    counts[status] += 1;
  }
  return counts;
}

/** Holds where the platform answers in time: what times out as often as it may be tried is parked, for a person to look at. */
export const NOTHING_OPEN = 'a platform that honours keys leaves nothing open';

/** What is promised of a round: every job has ended, nobody was rung twice, and what completed is a call. */
export function brokenPromises({ provider, jobs, completed, rejected, parked, calls, twice }) {
  const invalid = Math.ceil(jobs / EVERY_INVALID);
  const promises = {
    'every job has ended': completed + rejected + parked === jobs,
    'nobody was rung twice': twice === 0,
    'what cannot be a call is rejected, and nothing else': rejected === invalid,
    'every call is of a job that completed or was parked': calls >= completed && calls <= completed + parked,
    [NOTHING_OPEN]: provider !== 'truedy' || (parked === 0 && calls === completed),
  };
  return Object.keys(promises).filter((promise) => !promises[promise]);
}

/** How many calls exist on the platform, and how many numbers were rung more than once. */
function rung({ rang }) {
  const times = Object.values(rang);
  return { calls: times.reduce((sum, count) => sum + count, 0), twice: times.filter((count) => count > 1).length };
}
