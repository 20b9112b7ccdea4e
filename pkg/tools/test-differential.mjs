import { parseArgs } from 'node:util';
import { buildChecker, doneBefore, ensureOracle, metadata, runBatch } from '../../tests/differential/batches.mjs';
import { runSteps } from './steps.mjs';

const OPTIONS = {
  rows: { type: 'string', default: '12000000' },
  batch: { type: 'string', default: '250000' },
  // Far from the seeds of the fixtures.
  seed: { type: 'string', default: '9033000' },
  jobs: { type: 'string', default: '1' },
};
const { rows, batch, seed, jobs } = Object.fromEntries(Object.entries(parseArgs({ options: OPTIONS }).values).map(([name, text]) => [name, Number(text)]));

let checker;
let total = 0;

/** Goes on where an earlier run ended. */
async function batches() {
  const done = doneBefore(batch);
  const seeds = Array.from({ length: Math.ceil(rows / batch) }, (_, index) => seed + index);
  for (const one of seeds) total += done.get(one) ?? 0;
  const open = seeds.filter((one) => !done.has(one));
  console.log(`${seeds.length - open.length} of ${seeds.length} batches were done before`);
  const work = async () => {
    for (let one = open.shift(); one !== undefined; one = open.shift()) {
      total += await runBatch({ checker, seed: one, size: batch });
      console.log(`seed ${one}: ${total} inputs so far, no difference`);
    }
  };
  await Promise.all(Array.from({ length: jobs }, work));
}

await runSteps([
  { name: 'oracle', run: ensureOracle },
  { name: 'checker', run: async () => (checker = await buildChecker()) },
  { name: 'batches', run: batches },
]);
if (!process.exitCode) console.log(`${total} inputs, seeds from ${seed}: libphonenumber ${metadata} and outdial agree on every column of every one`);
