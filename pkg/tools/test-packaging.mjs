import { ensureConsumers } from '../../tests/js/support/consumers.mjs';
import { ensureBrowsers } from './browsers.mjs';
import { nodeTests } from './node-tests.mjs';
import { ensurePackages } from './npm.mjs';
import { packageSteps } from './package.mjs';
import { runSteps } from './steps.mjs';

let browsers;

const STEPS = [
  ...packageSteps,
  { name: 'consumers', run: ensureConsumers },
  { name: 'bundlers', run: async () => ensurePackages((await import('../../tests/packaging/place.mjs')).bundlers) },
  { name: 'browsers', run: async () => console.log(Object.values((browsers = await ensureBrowsers())).join('\n')) },
  { name: 'matrix', run: matrix, todo: 'each failure above names its consumer; what it built is in target/packaging/matrix' },
  { name: 'tests beside it', run: () => nodeTests('packaging'), todo: 'node --test and the name of the failing file show it alone' },
];

async function matrix() {
  const { ensureNext } = await import('../../tests/packaging/next.mjs');
  const { runMatrix } = await import('../../tests/packaging/matrix.mjs');
  await ensureNext();
  const failures = await runMatrix(browsers);
  if (failures.length > 0) throw new Error(failures.join('\n\n'));
}

await runSteps(STEPS);
