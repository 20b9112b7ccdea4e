import { parseArgs } from 'node:util';
import { ensureConsumers } from '../../tests/js/support/consumers.mjs';
import { packageSteps } from './package.mjs';
import { ensureRedis } from './redis.mjs';
import { runSteps } from './steps.mjs';
import { printTable } from './table.mjs';

const OPTIONS = { minutes: { type: 'string', default: '2' }, seed: { type: 'string', default: '1' }, rounds: { type: 'string', default: 'Infinity' } };
const { minutes, seed, rounds } = Object.fromEntries(Object.entries(parseArgs({ options: OPTIONS }).values).map(([name, text]) => [name, Number(text)]));

const COUNTS = ['operations', 'faults', 'calls', 'twice', 'lost', 'kills'];
const sums = new Map();
const endings = {};

const STEPS = [
  ...packageSteps,
  { name: 'redis', run: async () => console.log(await ensureRedis()) },
  { name: 'consumers', run: ensureConsumers },
  { name: 'rounds', run: soak },
];

/** Rounds of seeds that follow each other, until the time is over; the first that breaks a promise ends it. */
async function soak() {
  const { soakRound } = await import('../../tests/soak/round.mjs');
  const from = performance.now();
  for (let round = 0; round < rounds && (round === 0 || performance.now() - from < minutes * 60_000); round += 1) {
    const own = seed + round;
    for await (const row of soakRound(own)) {
      add(row);
      if (row.broken.length > 0) throw broken(round, own, row);
    }
    console.log(`round ${round + 1}, seed ${own}: ${counted('operations')} operations, ${counted('kills')} SIGKILLs so far`);
  }
}

function broken(round, own, { what, broken: promises }) {
  const todo = `npm --prefix pkg run test:soak -- --seed ${own} --rounds 1 repeats the round`;
  return Object.assign(new Error(`round ${round + 1}, seed ${own}, ${what}: ${promises.join('; ')}`), { todo });
}

function add(row) {
  const sum = sums.get(row.what) ?? { rounds: 0, ...Object.fromEntries(COUNTS.map((count) => [count, 0])) };
  sums.set(row.what, sum);
  sum.rounds += 1;
  for (const count of COUNTS) sum[count] += row[count];
  for (const [ending, count] of Object.entries(row.endings)) endings[ending] = (endings[ending] ?? 0) + count;
}

const counted = (count) => [...sums.values()].reduce((total, sum) => total + sum[count], 0);
const written = (count) => count.toLocaleString('en');

function print() {
  const rows = [...sums].map(([what, sum]) => [what, ...['rounds', ...COUNTS].map((count) => written(sum[count]))]);
  const all = ['all', '', ...COUNTS.map((count) => written(counted(count)))];
  printTable(['what', 'rounds', 'operations', 'faults injected', 'calls that exist', 'rung twice', 'lost', 'SIGKILLs'], [...rows, all]);
  printTable(['ended as', 'operations'], Object.entries(endings).sort().map(([ending, count]) => [ending, written(count)]));
  console.log(`\nseeds from ${seed}; npm --prefix pkg run test:soak -- --seed N --rounds 1 repeats the round of seed N`);
}

await runSteps(STEPS);
if (sums.size > 0) print();
