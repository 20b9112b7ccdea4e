import { fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { pkg } from '../../pkg/tools/paths.mjs';
import { median } from './median.mjs';
import { ANSWER, WAYS } from './peers.mjs';

export const name = 'beside its peers';

const CALLS = 2_000;
const WARM_UP = 300;
const PROCESSES = 15;
// tests/ lies outside pkg/, where the development packages are.
const require = createRequire(join(pkg, 'package.json'));
const load = (name) => import(pathToFileURL(require.resolve(name)));

// A bare fetch shows what of it Node's own first fetch costs.
const FRESH = ['fetch', 'outdial', 'retell-sdk', 'openai', 'stripe'];

/** createCall beside a bare fetch and what others do for one POST, and a fresh process until its first request is answered. */
export async function run() {
  const server = fork(new URL('./peers-server.mjs', import.meta.url), [ANSWER]);
  try {
    const [port] = await once(server, 'message');
    const url = `http://127.0.0.1:${port}`;
    return [...(await overhead(url)), ...(await firstRequests(url))];
  } finally {
    server.disconnect();
  }
}

/** In turn, in another order each round, so that a busy machine slows all of them. */
async function overhead(url) {
  const ways = Object.entries(WAYS);
  const asks = await Promise.all(ways.map(([, open]) => open(url, load)));
  const times = asks.map(() => []);
  for (let round = -WARM_UP; round < CALLS; round++) {
    for (let turn = 0; turn < asks.length; turn++) {
      const way = (turn + round + WARM_UP) % asks.length;
      const from = performance.now();
      await asks[way]();
      if (round >= 0) times[way].push(performance.now() - from);
    }
  }
  const [bare, ours, ...others] = times.map(median);
  return [ours, ...others].map((own, index) => ({
    what: `${ways[index + 1][0]} over a bare fetch`,
    value: (own / bare).toFixed(2),
    unit: '×',
    ratio: (own === ours ? bare : own) / ours,
    note: `${micro(own)} over ${micro(bare)}, medians of ${CALLS} in turn, keep-alive (Node ${process.versions.node})`,
  }));
}

const micro = (ms) => `${(ms * 1000).toFixed(0)} µs`;

async function firstRequests(url) {
  const times = FRESH.map(() => []);
  for (let round = 0; round < PROCESSES; round++) {
    for (const [index, way] of FRESH.entries()) times[index].push(await firstRequest(way, url));
  }
  const note = `from the import to the first answer, median of ${PROCESSES} fresh processes in turn`;
  const medians = times.map(median);
  const ours = medians[FRESH.indexOf('outdial')];
  return FRESH.map((way, index) => {
    const beside = way === 'outdial' ? {} : { ratio: medians[index] / ours };
    return { what: `${way}: import and first request`, value: medians[index].toFixed(1), unit: 'ms', ...beside, note };
  });
}

/** Measured inside the process, so that Node's own start does not count; a fetch before it would warm what is measured. */
async function firstRequest(way, url) {
  const script = `
    import { WAYS } from ${JSON.stringify(new URL('./peers.mjs', import.meta.url).href)};
    const from = performance.now();
    await (await WAYS[${JSON.stringify(way)}](${JSON.stringify(url)}, (name) => import(name)))();
    process.stdout.write(String(performance.now() - from), () => process.exit());`;
  // Names in a script that is given so are looked up from the folder it runs in.
  const child = spawn(process.execPath, ['--input-type=module', '--eval', script], { cwd: pkg, stdio: ['ignore', 'pipe', 'inherit'] });
  let text = '';
  child.stdout.setEncoding('utf8').on('data', (part) => (text += part));
  const [code] = await once(child, 'close');
  if (code !== 0) throw new Error(`${way} failed in a fresh process`);
  return Number(text);
}
