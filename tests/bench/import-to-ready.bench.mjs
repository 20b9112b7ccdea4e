import { spawnSync } from 'node:child_process';
import { pkg } from '../../pkg/tools/paths.mjs';
import { median } from './median.mjs';

export const name = 'import to ready';

const ROUNDS = 40;
const EMPTY = '';
const READY = `const { isE164 } = await import('outdial'); if (!isE164('+14155552671')) throw new Error('not ready');`;
const RETELL = `await import('retell-sdk');`;

/** Fresh Node processes, with and without the package in turn, so that a busy machine slows all. */
export function run() {
  const scripts = { empty: EMPTY, ready: READY, retell: RETELL };
  const times = { empty: [], ready: [], retell: [] };
  for (let round = 0; round < ROUNDS; round++) {
    for (const [name, script] of Object.entries(scripts)) times[name].push(millisecondsOf(script));
  }
  const [empty, ready, retell] = Object.values(times).map(median);
  const own = `Node's own start ${empty.toFixed(1)} ms (Node ${process.versions.node})`;
  return [
    { what: 'import to the first answer', value: (ready - empty).toFixed(1), unit: 'ms', note: `median of ${ROUNDS} processes ${ready.toFixed(1)} ms, less ${own}` },
    { what: 'import of retell-sdk alone', value: (retell - empty).toFixed(1), unit: 'ms', ratio: (retell - empty) / (ready - empty), note: `${((ready - empty) / (retell - empty)).toFixed(2)} of it is ours` },
  ];
}

function millisecondsOf(script) {
  const from = performance.now();
  const { status, stderr } = spawnSync(process.execPath, ['--input-type=module', '--eval', script], { cwd: pkg });
  const took = performance.now() - from;
  if (status !== 0) throw new Error(`the process failed: ${stderr}`);
  return took;
}
