import { parseArgs } from 'node:util';
import { ensureConsumers } from '../../tests/js/support/consumers.mjs';
import { packageSteps } from './package.mjs';
import { ensureRedis } from './redis.mjs';
import { runSteps } from './steps.mjs';
import { printTable } from './table.mjs';

const OPTIONS = { rounds: { type: 'string', default: '10' }, jobs: { type: 'string', default: '1000' }, kills: { type: 'string', default: '8' } };
const { rounds, jobs, kills } = Object.fromEntries(Object.entries(parseArgs({ options: OPTIONS }).values).map(([name, text]) => [name, Number(text)]));

const COUNTS = ['jobs', 'kills', 'completed', 'rejected', 'parked', 'calls', 'twice'];
const sums = new Map();

const STEPS = [
  ...packageSteps,
  { name: 'redis', run: async () => console.log(await ensureRedis()) },
  { name: 'consumers', run: ensureConsumers },
  { name: 'BullMQ', run: () => soak('BullMQ') },
  { name: 'Cloudflare Queues', run: () => soak('Cloudflare Queues') },
];

/** Rounds of an engine, half of them with a platform that honours keys and half with one that does not. */
async function soak(engine) {
  const { runRound, brokenPromises } = await import('../../tests/queue/soak.mjs');
  for (let round = 0; round < rounds; round += 1) {
    const result = await runRound({ engine, provider: round % 2 === 0 ? 'truedy' : 'kore', jobs, kills });
    console.log(`round ${round + 1}: ${JSON.stringify(result)}`);
    const broken = brokenPromises(result);
    if (broken.length > 0) throw new Error(`not kept: ${broken.join('; ')}`);
    add(result);
  }
}

function add(result) {
  const name = `${result.engine}\t${result.provider}`;
  const sum = sums.get(name) ?? { rounds: 0, ...Object.fromEntries(COUNTS.map((count) => [count, 0])) };
  sums.set(name, sum);
  sum.rounds += 1;
  for (const count of COUNTS) sum[count] += result[count];
}

await runSteps(STEPS);
const rows = [...sums].map(([name, sum]) => [...name.split('\t'), String(sum.rounds), ...COUNTS.map((count) => String(sum[count]))]);
printTable(['engine', 'platform', 'rounds', 'jobs', 'SIGKILLs', 'completed', 'rejected', 'parked', 'calls', 'rung twice'], rows);
