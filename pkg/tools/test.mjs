import { ensureConsumers } from '../../tests/js/support/consumers.mjs';
import { ensureRecipes } from '../../tests/js/support/recipes.mjs';
import { ensureChromium } from './chromium.mjs';
import { nodeTests } from './node-tests.mjs';
import { packageSteps } from './package.mjs';
import { ensureRedis } from './redis.mjs';
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
  // Once, since several of the tests need them.
  { name: 'consumers', run: ensureConsumers },
  { name: 'recipes', run: ensureRecipes },
  { name: 'redis', run: async () => console.log(await ensureRedis()) },
  { name: 'tests in Node', run: () => nodeTests('js', { atOnce: 2 }), todo: 'node --test and the name of the failing file show it alone' },
  { name: 'chromium', run: async () => console.log((chromium = await ensureChromium())) },
  { name: 'tests in Chromium', run: () => nodeTests('browser', { env: { CHROME_PATH: chromium } }), todo: 'node --test and the name of the failing file show it alone' },
];

await runSteps(STEPS);
