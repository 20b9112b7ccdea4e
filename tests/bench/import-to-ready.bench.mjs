import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { median } from './median.mjs';

export const name = 'import to ready';

const ROUNDS = 40;
const loader = new URL('../js/support/load.mjs', import.meta.url).href;
const EMPTY = '';
const READY = `const { loadInNode } = await import('${loader}'); const { isE164 } = await loadInNode(); if (!isE164('+14155552671')) throw new Error('not ready');`;

/** Fresh Node processes, with and without the package in turn, so that a busy machine slows both. */
export function run() {
  const times = { empty: [], ready: [] };
  for (let round = 0; round < ROUNDS; round++) {
    times.empty.push(millisecondsOf(EMPTY));
    times.ready.push(millisecondsOf(READY));
  }
  const [empty, ready] = [median(times.empty), median(times.ready)];
  const note = `median of ${ROUNDS} processes ${ready.toFixed(1)} ms, less Node's own start ${empty.toFixed(1)} ms (Node ${process.versions.node})`;
  return [{ what: 'import to the first answer', value: (ready - empty).toFixed(1), unit: 'ms', note }];
}

function millisecondsOf(script) {
  const from = performance.now();
  const { status, stderr } = spawnSync(process.execPath, ['--input-type=module', '--eval', script], { cwd: fileURLToPath(new URL('.', import.meta.url)) });
  const took = performance.now() - from;
  if (status !== 0) throw new Error(`the process failed: ${stderr}`);
  return took;
}
