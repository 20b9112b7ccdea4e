import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { root, tests } from './paths.mjs';
import { run } from './run.mjs';

/** Runs the tests of a folder of tests/, in Node. */
export async function nodeTests(folder, env) {
  const place = join(tests, folder);
  const files = existsSync(place) ? readdirSync(place).filter((name) => name.endsWith('.test.mjs')).sort() : [];
  if (files.length === 0) throw new Error(`tests/${folder} holds no *.test.mjs`);
  const paths = files.map((name) => `tests/${folder}/${name}`);
  await run(process.execPath, ['--test', '--test-reporter=spec', ...paths], { cwd: root, env });
}
