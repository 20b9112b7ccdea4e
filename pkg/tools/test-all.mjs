import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pkg } from './paths.mjs';
import { run } from './run.mjs';
import { runSteps } from './steps.mjs';

const { scripts } = JSON.parse(readFileSync(join(pkg, 'package.json'), 'utf8'));

/** What a script is told here, where it would go on for longer than there is time for. */
const SHORTER = { 'test:differential': ['--rows', '250000'] };

/** The slow half: each of its scripts stands for itself too, and the quick half is `npm test`. */
const SLOW = Object.keys(scripts).filter((name) => name.startsWith('test:') && name !== 'test:all');

await runSteps(SLOW.map((name) => ({
  name,
  run: () => run('npm', ['--prefix', pkg, 'run', name, ...(SHORTER[name] ? ['--', ...SHORTER[name]] : [])]),
  todo: `npm --prefix pkg run ${name} shows it alone`,
})));
