import { jsCoverageSteps } from './coverage/js.mjs';
import { rustCoverageSteps } from './coverage/rust.mjs';
import { runSteps } from './steps.mjs';

/** The branches that the tests take. */
export const coverageSteps = [...rustCoverageSteps, ...jsCoverageSteps];

if (process.argv[1] === import.meta.filename) await runSteps(coverageSteps);
