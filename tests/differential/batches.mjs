import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, createWriteStream, existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { lockedVersion } from '../../pkg/tools/rust.mjs';
import { root, target, tests } from '../../pkg/tools/paths.mjs';
import { read } from '../../pkg/tools/run.mjs';

const folder = join(target, 'differential');
/** Where the oracle is installed: a PYTHONPATH. */
export const python = join(folder, 'python');

/** The version of the numbering plan that both sides have. */
export const metadata = lockedVersion('phonenumber').split('+')[1];

const journal = join(folder, `${metadata}.jsonl`);

/** libphonenumber's Python port, of the version whose metadata is ours. */
export async function ensureOracle() {
  const todo = 'install Python 3 with pip, and check that PyPI can be reached';
  if (existsSync(join(python, `phonenumbers-${metadata}.dist-info`))) return;
  rmSync(python, { recursive: true, force: true });
  await read('python3', ['-m', 'pip', 'install', '--quiet', '--only-binary=:all:', '--root-user-action=ignore', '--target', python, `phonenumbers==${metadata}`], { todo });
}

/** The program of tests/phone_corpus.rs, built for speed. */
export async function buildChecker() {
  const args = ['test', '--locked', '--release', '--test', 'phone_corpus', '--no-run', '--message-format=json'];
  const messages = (await read('cargo', args)).split('\n').filter((line) => line.startsWith('{')).map((line) => JSON.parse(line));
  return messages.findLast(({ executable }) => executable).executable;
}

/** How many inputs the batches of this size had that were found without a difference before, by their seeds. */
export function doneBefore(size) {
  if (!existsSync(journal)) return new Map();
  const batches = readFileSync(journal, 'utf8').trim().split('\n').map((line) => JSON.parse(line));
  return new Map(batches.filter((batch) => batch.size === size).map(({ seed, count }) => [seed, count]));
}

/** Lets libphonenumber answer `size` inputs of a seed, and compares; throws with those that differ. Gives how many there were. */
export async function runBatch({ checker, seed, size }) {
  const file = join(folder, `${seed}.tsv`);
  mkdirSync(folder, { recursive: true });
  const oracle = spawn('python3', [join(tests, 'fixtures', 'phone', 'make_corpus.py'), '--seed', String(seed), '--rows', String(size)], {
    env: { ...process.env, PYTHONPATH: python, PYTHONIOENCODING: 'utf-8' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(oracle, 'close');
  await pipeline(oracle.stdout, createWriteStream(file));
  const [code] = await ended;
  if (code !== 0) throw new Error(`the oracle exited with ${code} at seed ${seed}`);
  const todo = `the rows stand in ${file}; PHONE_CORPUS=${file} cargo test --test phone_corpus shows them again`;
  await read(checker, ['--nocapture'], { todo, cwd: root, env: { PHONE_CORPUS: file } });
  const count = readFileSync(file).reduce((lines, byte) => lines + (byte === 10), -1);
  appendFileSync(journal, `${JSON.stringify({ seed, size, count })}\n`);
  rmSync(file);
  return count;
}
