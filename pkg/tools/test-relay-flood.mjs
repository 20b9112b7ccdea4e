import { packageSteps } from './package.mjs';
import { run } from './run.mjs';
import { runSteps } from './steps.mjs';

/** 10,000 malformed requests over HTTP, with the heap measured. */
await runSteps([
  ...packageSteps,
  { name: 'a relay under 10,000 malformed requests', run: () => run(process.execPath, ['--expose-gc', '--test', 'tests/js/relay-flood.test.mjs'], { env: { RELAY_FLOOD: '10000' } }) },
]);
