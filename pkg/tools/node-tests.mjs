import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { root, tests } from './paths.mjs';
import { run } from './run.mjs';

// Far beyond what any of them takes: a file that hangs is named and ended instead of holding up all others.
const MOST_MS_A_FILE = 600_000;

/** Runs the tests of a folder of tests/, in Node, so many files at a time. */
export async function nodeTests(folder, { env, atOnce = 1 } = {}) {
  const place = join(tests, folder);
  const files = existsSync(place) ? readdirSync(place).filter((name) => name.endsWith('.test.mjs')).sort() : [];
  if (files.length === 0) throw new Error(`tests/${folder} holds no *.test.mjs`);
  const paths = files.map((name) => `tests/${folder}/${name}`);
  await run(process.execPath, ['--test', `--test-concurrency=${atOnce}`, `--test-timeout=${MOST_MS_A_FILE}`, '--test-reporter=spec', ...paths], { cwd: root, env });
}
