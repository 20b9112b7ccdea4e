import assert from 'node:assert/strict';
import test from 'node:test';
import { createSandbox } from '../../pkg/sandbox/index.js';
import { createRandom } from '../../pkg/sandbox/random.js';
import { countsOf, FAULTS, OPERATIONS, violations } from './support/matrix.mjs';
import { CALLS, clientOf, each, outdial, settled } from './support/platforms.mjs';

const { createCall, resumeCall } = outdial;
const RUNS = 10_000;
const WIDTH = 1_000;
const TIMEOUT_MS = 40;

// Waits as real ones, only shorter; ten MiB for each of a thousand at once is more than a test may hold.
const small = { slow: { ms: 60 }, huge_body: { bytes: 100_000 } };
const KINDS = FAULTS.map(({ fault }) => ({ ...fault, ...small[fault.kind] }));

const faultsOf = (random) => [{ kind: 'random', rate: 0.2 + 0.7 * random.fraction(), kinds: KINDS }];

/** A sandbox with faults of its own, and a client that gives up soon. */
function openRun(provider, seed, options, timeoutMs = TIMEOUT_MS) {
  const random = createRandom(`run ${seed}`);
  const sandbox = createSandbox({ seed, clock: 'live', rateLimit: false, kore: { rateLimit: false }, ...options });
  const config = { timeoutMs, maxRetries: Math.floor(random.fraction() * 4), totalTimeoutMs: 2_000 };
  return { random, sandbox, client: clientOf(provider, sandbox, config) };
}

/** Once in five runs the caller gives up at a random moment. */
function patience(random) {
  if (random.fraction() > 0.2) return {};
  return { signal: AbortSignal.timeout(Math.floor(random.fraction() * 120)) };
}

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

test(`over ${RUNS} seeded runs with random faults no call is made twice`, { timeout: 300_000 }, async () => {
  const names = Object.keys(OPERATIONS);
  const { endings, broken } = await runAll(RUNS, async (seed) => {
    const name = names[seed % names.length];
    const { provider, prepare, run } = OPERATIONS[name];
    const { random, sandbox, client } = openRun(provider, seed);
    const ready = await prepare?.(client);
    const before = countsOf(sandbox, provider);
    sandbox.faults(faultsOf(random));
    const outcome = await settled(run(client, patience(random), ready));
    const counts = countsOf(sandbox, provider, before);
    return { ending: `${provider} ${outcome.error?.code ?? 'ok'}, ${counts.calls} calls`, problems: violations(provider, counts, outcome) };
  });
  print(`${RUNS} runs`, endings);
  assert.deepEqual(broken, []);
});

/** Asks again whenever the error does not say that the outcome is unknown, as its codes allow. */
async function insist(provider, client, random) {
  let call = CALLS[provider];
  let outcome;
  for (let tries = 0; tries < 4; tries++) {
    const options = patience(random);
    const unknown = outcome?.error?.code === 'outcome_unknown';
    outcome = await settled(unknown ? resumeCall(client, outcome.error, options) : createCall(client, call, options));
    if (!outcome.error || outcome.error.code === 'unsupported') break;
    if (outcome.error.code === 'outcome_unknown' && !client.provider.startsWith('truedy')) break;
    const { contactId } = outcome.error.details ?? {};
    if (contactId) call = { agentId: call.agentId, contactId };
  }
  return outcome;
}

// A redirect may be answered by a platform that has dialled all the same, and no code can help against that.
const HONEST = KINDS.filter(({ kind, processed }) => kind !== 'redirect' || processed !== true);

test('a caller who asks again unless the outcome is unknown, and resumes where it is, makes no call twice', { timeout: 120_000 }, async () => {
  const { endings, broken } = await runAll(3_000, async (seed) => {
    const provider = ['truedy', 'thoughtly', 'kore'][seed % 3];
    const { random, sandbox, client } = openRun(provider, seed);
    sandbox.faults([{ kind: 'random', rate: 0.2 + 0.5 * random.fraction(), kinds: HONEST }]);
    const outcome = await insist(provider, client, random);
    const { calls } = countsOf(sandbox, provider);
    const lost = !outcome.error && calls !== 1;
    return { ending: `${provider} ${outcome.error?.code ?? 'ok'}, ${calls} calls`, problems: [calls > 1 && 'called twice', lost && 'told of a call that is not'].filter(Boolean) };
  });
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
