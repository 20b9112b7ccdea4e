import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { ensureChromium } from './chromium.mjs';
import { packageSteps } from './package.mjs';
import { root, tests } from './paths.mjs';
import { run } from './run.mjs';
import { ensureComponents, ensureWasmTarget, TARGET } from './rust.mjs';
import { runSteps } from './steps.mjs';

const [packages, build] = packageSteps;
const strictly = ['--', '-D', 'warnings'];
let chromium;

const STEPS = [
  packages,
  { name: 'rust tools', run: () => ensureComponents().then(ensureWasmTarget) },
  { name: 'rustfmt', run: () => run('cargo', ['fmt', '--check']), todo: 'cargo fmt' },
  { name: 'clippy', run: () => run('cargo', ['clippy', '--locked', '--all-targets', ...strictly]), todo: 'mend what clippy says above' },
  { name: 'clippy for wasm32', run: () => run('cargo', ['clippy', '--locked', '--target', TARGET, '--lib', ...strictly]), todo: 'mend what clippy says above' },
  { name: 'rust tests', run: () => run('cargo', ['test', '--locked']), todo: 'cargo test shows the failing tests alone' },
  build,
  { name: 'tests in Node', run: () => nodeTests('js'), todo: 'node --test and the name of the failing file show it alone' },
  { name: 'chromium', run: async () => console.log((chromium = await ensureChromium())) },
  { name: 'tests in Chromium', run: () => nodeTests('browser', { CHROME_PATH: chromium }), todo: 'node --test and the name of the failing file show it alone' },
];

async function nodeTests(folder, env) {
  const place = join(tests, folder);
  const files = existsSync(place) ? readdirSync(place).filter((name) => name.endsWith('.test.mjs')).sort() : [];
  if (files.length === 0) throw new Error(`tests/${folder} holds no *.test.mjs`);
  const paths = files.map((name) => `tests/${folder}/${name}`);
  await run(process.execPath, ['--test', '--test-reporter=spec', ...paths], { cwd: root, env });
}

await runSteps(STEPS);
