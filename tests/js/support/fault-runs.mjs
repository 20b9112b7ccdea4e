import { createSandbox } from '../../../pkg/sandbox/index.js';
import { createRandom } from '../../../pkg/sandbox/random.js';
import { serveSandbox } from '../../../pkg/sandbox/server.js';
import { countsOf, FAULTS, losses, OPERATIONS, violations } from './matrix.mjs';
import { CALLS, clientAt, clientOf, outdial, settled } from './platforms.mjs';

const { createCall, resumeCall } = outdial;
const NAMES = Object.keys(OPERATIONS);
const PROVIDERS = ['truedy', 'thoughtly', 'kore'];
const TIMEOUT_MS = 40;
// A connection takes its time on a machine that is busy.
const WIRE_TIMEOUT_MS = 300;

// Waits as real ones, only shorter; ten MiB for each of a thousand at once is more than a test may hold.
const kindsFor = (slowMs) => FAULTS.map(({ fault }) => ({ ...fault, ...{ slow: { ms: slowMs }, huge_body: { bytes: 100_000 } }[fault.kind] }));
const KINDS = kindsFor(1.5 * TIMEOUT_MS);
const WIRE_KINDS = kindsFor(1.5 * WIRE_TIMEOUT_MS);

export const faultsOf = (random, kinds = KINDS) => [{ kind: 'random', rate: 0.2 + 0.7 * random.fraction(), kinds }];

/** A sandbox with chances of its own, and how a client of it gives up soon. */
export function openRun(provider, seed, options, timeoutMs = TIMEOUT_MS) {
  const random = createRandom(`run ${seed}`);
  const sandbox = createSandbox({ seed, clock: 'live', rateLimit: false, kore: { rateLimit: false }, ...options });
  const config = { timeoutMs, maxRetries: Math.floor(random.fraction() * 4), totalTimeoutMs: 2_000 };
  return { random, sandbox, config, client: clientOf(provider, sandbox, config) };
}

/** Once in five runs the caller gives up at a random moment. */
function patience(random) {
  if (random.fraction() > 0.2) return {};
  return { signal: AbortSignal.timeout(Math.floor(random.fraction() * 120)) };
}

const struck = (sandbox) => sandbox.requests.filter(({ fault }) => fault !== null).length;

/** One operation of a platform under random faults: how it ended, what exists, and what is not as promised. */
export async function runOnce(seed) {
  const name = NAMES[seed % NAMES.length];
  const { random, sandbox, client } = openRun(OPERATIONS[name].provider, seed);
  return judge(name, sandbox, await meet(name, { random, sandbox, client, kinds: KINDS }));
}

/** The same over connections that are kept, cut and stalled. */
export async function runOverWire(seed) {
  const name = NAMES[seed % NAMES.length];
  const { provider } = OPERATIONS[name];
  const { random, sandbox, config } = openRun(provider, seed, {}, WIRE_TIMEOUT_MS);
  const server = await serveSandbox({ sandbox });
  try {
    const met = await meet(name, { random, sandbox, client: clientAt(provider, server.url, config), kinds: WIRE_KINDS });
    await server.close();
    return judge(name, sandbox, met, { wire: true });
  } finally {
    await server.close();
  }
}

async function meet(name, { random, sandbox, client, kinds }) {
  const { provider, prepare, run } = OPERATIONS[name];
  const ready = await prepare?.(client);
  const before = countsOf(sandbox, provider);
  sandbox.faults(faultsOf(random, kinds));
  return { before, outcome: await settled(run(client, patience(random), ready)) };
}

function judge(name, sandbox, { before, outcome }, way) {
  const { provider } = OPERATIONS[name];
  const counts = countsOf(sandbox, provider, before);
  return {
    ending: `${provider} ${outcome.error?.code ?? 'ok'}, ${counts.calls} calls`,
    faults: struck(sandbox),
    calls: counts.calls,
    problems: [...violations(provider, counts, outcome, way), ...losses(name, sandbox, counts, outcome)],
  };
}

/** A caller who asks again whenever the error does not say that the outcome is unknown, as its codes allow. */
export async function insist(seed) {
  const provider = PROVIDERS[seed % PROVIDERS.length];
  const { random, sandbox, client } = openRun(provider, seed);
  sandbox.faults([{ kind: 'random', rate: 0.2 + 0.5 * random.fraction(), kinds: KINDS }]);
  const outcome = await askAgain(provider, client, random);
  const { calls } = countsOf(sandbox, provider);
  const lost = outcome.error ? calls > 0 && outcome.error.code !== 'outcome_unknown' : calls !== 1;
  return {
    ending: `${provider} ${outcome.error?.code ?? 'ok'}, ${calls} calls`,
    faults: struck(sandbox),
    calls,
    problems: [calls > 1 && 'called twice', lost && `told ${outcome.error?.code ?? 'of a call'} where ${calls} calls exist`].filter(Boolean),
  };
}

async function askAgain(provider, client, random) {
  let call = CALLS[provider];
  let outcome;
  for (let tries = 0; tries < 4; tries++) {
    const options = patience(random);
    const unknown = outcome?.error?.code === 'outcome_unknown';
    outcome = await settled(unknown ? resumeCall(client, outcome.error, options) : createCall(client, call, options));
    if (!outcome.error || outcome.error.code === 'unsupported') break;
    if (outcome.error.code === 'outcome_unknown' && provider !== 'truedy') break;
    const { contactId } = outcome.error.details ?? {};
    if (contactId) call = { agentId: call.agentId, contactId };
  }
  return outcome;
}
