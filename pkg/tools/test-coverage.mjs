import { jsCoverageSteps } from './coverage/js.mjs';
import { rustCoverageSteps } from './coverage/rust.mjs';
import { runSteps } from './steps.mjs';

/** The branches that the tests take. */
await runSteps([...rustCoverageSteps, ...jsCoverageSteps]);
