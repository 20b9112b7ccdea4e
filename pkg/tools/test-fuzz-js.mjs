import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { packageSteps } from './package.mjs';
import { root, target, tests } from './paths.mjs';
import { runSteps } from './steps.mjs';

const OPTIONS = { minutes: { type: 'string', default: '1' }, seed: { type: 'string', default: '1' }, only: { type: 'string' } };
const SILENT_MS = 60_000;

const KINDS = ['values', 'csv', 'relay'];
const work = join(target, 'fuzz-js');
const { minutes, seed, only } = parseArgs({ options: OPTIONS }).values;
const kinds = KINDS.filter((kind) => only === undefined || kind === only);
const todo = 'the case is above: give it a test, bytes a place in tests/fuzz/corpus, and mend what it shows';

/** In a process of its own, since a case may hang or end it; the case under way stands in a file. */
async function fuzz(kind) {
  mkdirSync(work, { recursive: true });
  const file = join(work, `${kind}-${seed}.txt`);
  const args = [join(tests, 'fuzz', 'js', 'run.mjs'), kind, minutes, seed, file];
  const child = spawn(process.execPath, args, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] });
  const watch = setInterval(() => {
    if (Date.now() - lastSeen(file) > SILENT_MS) child.kill('SIGKILL');
  }, 1_000);
  const [code, signal] = await once(child, 'exit');
  clearInterval(watch);
  if (code === 0) return;
  const last = code === 1 ? '' : `; its last case was\n${readFileSync(file, 'utf8').trim()}`;
  throw new Error(`the fuzz ended with ${signal ?? code}${last}`);
}

function lastSeen(file) {
  return statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? Date.now();
}

/** The built package in Node: `minutes` each with values for every function, with CSV files and with relay requests. */
await runSteps([...packageSteps, ...kinds.map((kind) => ({ name: `fuzz: ${kind}`, todo, run: () => fuzz(kind) }))]);
