import { createRandom } from '../../pkg/sandbox/random.js';
import { insist, runOnce, runOverWire } from '../js/support/fault-runs.mjs';
import { each } from '../js/support/platforms.mjs';
import { brokenPromises, ENGINES, NOTHING_OPEN, runRound } from '../queue/soak.mjs';

/** What a round does with faults: how many operations, and how many at a time. */
const TRIALS = {
  'random faults': { one: runOnce, runs: 2_000, width: 400 },
  'random faults over HTTP': { one: runOverWire, runs: 400, width: 40 },
  'callers who ask again': { one: insist, runs: 600, width: 300 },
};

// Jobs that the killed workers of one round have between them.
const JOBS = 500;
const KILLS = 6;
// Longer than the tests': an hour of a busy machine is no quiet minute.
const JOB_TIMEOUT_MS = 3_000;

// An engine and a platform that honours keys, or one that does not.
const QUEUES = Object.keys(ENGINES).flatMap((engine) => ['truedy', 'kore'].map((provider) => ({ engine, provider })));

// Far apart, so that no two rounds share a run.
const RUNS_A_ROUND = 10_000;

/**
 * One round of a seed: every trial of faults, and a queue whose workers are killed. The seed decides all inputs, faults and
 * moments; how the machine interleaves them is its own. Gives a row of counts for each, with what was `broken`.
 */
export async function* soakRound(seed) {
  for (const [what, trial] of Object.entries(TRIALS)) yield faults(what, trial, seed);
  yield killedWorkers(QUEUES[seed % QUEUES.length], seed);
}

async function faults(what, { one, runs, width }, seed) {
  const row = { what, operations: 0, faults: 0, calls: 0, twice: 0, lost: 0, kills: 0, broken: [], endings: {} };
  const first = seed * RUNS_A_ROUND;
  await each(Array.from({ length: runs }, (_, index) => first + index), width, async (run) => {
    const result = await one(run);
    row.operations += 1;
    row.faults += result.faults;
    row.calls += result.calls;
    if (result.calls > 1) row.twice += 1;
    else if (result.problems.length > 0) row.lost += 1;
    const [ending] = result.ending.split(',');
    row.endings[ending] = (row.endings[ending] ?? 0) + 1;
    if (result.problems.length > 0) row.broken.push(`run ${run}, ${result.ending}: ${result.problems.join(', ')}`);
  });
  return row;
}

async function killedWorkers({ engine, provider }, seed) {
  const { fraction } = createRandom(`kills ${seed}`);
  const result = await runRound({ engine, provider, jobs: JOBS, kills: KILLS, random: fraction, timeoutMs: JOB_TIMEOUT_MS });
  const broken = brokenPromises(result).filter((promise) => promise !== NOTHING_OPEN);
  const { kills, calls, twice, completed, rejected, parked } = result;
  return {
    what: `${engine}, ${provider}`,
    operations: JOBS,
    faults: 0,
    calls,
    twice,
    lost: broken.length > 0 && twice === 0 ? 1 : 0,
    kills,
    broken: broken.map((promise) => `${promise}: ${JSON.stringify(result)}`),
    endings: { [`${provider} job completed`]: completed, [`${provider} job rejected`]: rejected, [`${provider} job parked`]: parked },
  };
}
