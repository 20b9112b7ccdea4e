import { packageSteps } from './package.mjs';
import { runSteps } from './steps.mjs';

await runSteps(packageSteps);
