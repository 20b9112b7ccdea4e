import { writeFileSync } from 'node:fs';
import { ensurePackages } from './npm.mjs';
import { runSteps } from './steps.mjs';

async function write() {
  const { apiReport, REPORT } = await import('./docs/api-report.mjs');
  writeFileSync(REPORT, apiReport());
  console.log(`written: ${REPORT}`);
}

await runSteps([{ name: 'npm packages', run: ensurePackages }, { name: 'API report', run: write }]);
