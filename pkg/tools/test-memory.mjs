import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { packageSteps } from './package.mjs';
import { tests } from './paths.mjs';
import { runSteps } from './steps.mjs';
import { printTable } from './table.mjs';

const OPTIONS = {
  operations: { type: 'string', default: '1000000' },
  first: { type: 'string', default: '10000' },
  seed: { type: 'string', default: '1' },
  rounds: { type: 'string', default: '20' },
  width: { type: 'string', default: '1000' },
};
const { operations, first, seed, rounds, width } = Object.fromEntries(Object.entries(parseArgs({ options: OPTIONS }).values).map(([name, text]) => [name, Number(text)]));

const written = (count) => count.toLocaleString('en');

const STEPS = [
  ...packageSteps,
  { name: `memory over ${written(operations)} operations, seed ${seed}`, run: memory },
  { name: `${written(width)} operations at a time`, run: concurrency },
];

async function memory() {
  const { growth, measureMemory } = await import('../../tests/soak/memory.mjs');
  const said = ({ operations: count, heap, wasm, objects }) => console.log(`${written(count)} operations: heap ${megabytes(heap)}, wasm memory ${megabytes(wasm)}, ${objects} slots`);
  const marks = await measureMemory({ operations, first, seed }, said);
  const [from, to] = [marks[0], marks.at(-1)];
  const row = (what, name, unit) => [what, unit(from[name]), unit(to[name]), `${((to[name] / from[name] - 1) * 100).toFixed(1)} %`];
  printTable(['in use', `after ${written(from.operations)}`, `after ${written(to.operations)}`, 'growth'], [
    row('heap after gc', 'heap', megabytes),
    row("the module's memory", 'wasm', megabytes),
    row('slots for JavaScript objects', 'objects', written),
  ]);
  printTable(['ended as', 'operations'], Object.entries(to.endings).sort().map(([ending, count]) => [ending, written(count)]));
  const grown = growth(marks);
  if (grown.length > 0) throw new Error(grown.join('; '));
}

const megabytes = (bytes) => `${(bytes / 1024 ** 2).toFixed(2)} MB`;

async function concurrency() {
  const { bareTogether, loopDelays, together } = await import('../../tests/soak/concurrency.mjs');
  const { clientAt, open } = await import('../../tests/js/support/platforms.mjs');
  const rows = [];
  const check = (settlings) => {
    const wrong = settlings.filter((own) => own.length !== 1 || own[0].error);
    if (wrong.length > 0) throw new Error(`${wrong.length} of ${width} did not settle once and well: ${wrong[0][0]?.error}, ${wrong[0][0]?.error.cause?.cause}`);
  };
  const add = (where, delays) => {
    for (const { name, p50, p99, max, ms } of delays) rows.push([where, name, ...[p50, p99, max, ms].map((value) => value.toFixed(1))]);
  };

  const { sandbox, client } = open('truedy');
  const inMemory = {
    outdial: async () => (sandbox.reset(), check(await together(client, width))),
    'bare fetch': async () => (sandbox.reset(), bareTogether(sandbox.fetch, undefined, width)),
  };
  add('in memory', await loopDelays(inMemory, rounds));

  const server = fork(join(tests, 'bench', 'sandbox-server.mjs'));
  try {
    const [url] = await once(server, 'message');
    const served = clientAt('truedy', url);
    const overHttp = { outdial: async () => check(await together(served, width)), 'bare fetch': () => bareTogether(fetch, `${url}/api/public/v1`, width) };
    add('over HTTP', await loopDelays(overHttp, rounds));
  } finally {
    server.disconnect();
  }
  printTable(['where', `${written(width)} at a time by`, 'loop delay p50, ms', 'p99, ms', 'max, ms', 'all settled after, ms'], rows);
}

await runSteps(STEPS);
