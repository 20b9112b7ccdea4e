import assert from 'node:assert/strict';
import test from 'node:test';
import { faultsOf, insist, openRun, runOnce } from './support/fault-runs.mjs';
import { countsOf } from './support/matrix.mjs';
import { CALLS, each, outdial, settled } from './support/platforms.mjs';

const { createCall } = outdial;
const RUNS = 10_000;
const WIDTH = 1_000;

/** Runs `one(seed)` for 10,000 seeds, or as many as said, `width` at a time, and gives how they ended, counted. */
async function runAll(count, one, width = WIDTH) {
  const endings = {};
  const broken = [];
  await each(Array.from({ length: count }, (_, seed) => seed), width, async (seed) => {
    const { ending, problems } = await one(seed);
    endings[ending] = (endings[ending] ?? 0) + 1;
    if (problems.length > 0) broken.push(`seed ${seed}, ${ending}: ${problems.join(', ')}`);
  });
  return { endings, broken };
}

function print(title, endings) {
  const lines = Object.entries(endings).sort().map(([ending, count]) => `${String(count).padStart(6)}  ${ending}`);
  console.log(`${title}\n${lines.join('\n')}`);
}

test(`over ${RUNS} seeded runs with random faults no call is made twice, and none is lost`, { timeout: 300_000 }, async () => {
  const { endings, broken } = await runAll(RUNS, runOnce);
  print(`${RUNS} runs`, endings);
  assert.deepEqual(broken, []);
});

test('a caller who asks again unless the outcome is unknown, and resumes where it is, makes no call twice', { timeout: 120_000 }, async () => {
  const { endings, broken } = await runAll(3_000, insist);
  print('callers who insist', endings);
  assert.deepEqual(broken, []);
});

// What protects from such a platform is time: the client waits longer than the platform is at work. So the platform must not
// be slowed down by the test itself, which a thousand runs on one thread do.
const PATIENT = { timeoutMs: 150, width: 100 };

test('a platform that looks keys up before it has stored them is not asked while it may still be at work', { timeout: 120_000 }, async () => {
  const { endings, broken } = await runAll(1_000, async (seed) => {
    const { random, sandbox, client } = openRun('truedy', seed, { strictKeys: false, latencyMs: 5 + (seed % 25) }, PATIENT.timeoutMs);
    sandbox.faults(faultsOf(random));
    const outcome = await settled(createCall(client, CALLS.truedy));
    const { calls } = countsOf(sandbox, 'truedy');
    return { ending: `${outcome.error?.code ?? 'ok'}, ${calls} calls`, problems: calls > 1 ? ['called twice'] : [] };
  }, PATIENT.width);
  print('the old backend', endings);
  assert.deepEqual(broken, []);
});
