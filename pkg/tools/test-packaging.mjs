import { nodeTests } from './node-tests.mjs';
import { packageSteps } from './package.mjs';
import { runSteps } from './steps.mjs';

/** The consumers whose packages are too heavy for every change. */
const consumers = { name: 'heavy consumers', run: () => nodeTests('packaging'), todo: 'node --test and the name of the failing file show it alone' };

await runSteps([...packageSteps, consumers]);
