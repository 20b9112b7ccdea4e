import { ensurePackages } from './npm.mjs';
import { runSteps } from './steps.mjs';

await runSteps([{ name: 'npm packages', run: ensurePackages }, { name: 'docs', run: build }]);

async function build() {
  const { buildDocs, SOURCES } = await import('./docs/site.mjs');
  console.log(`${buildDocs().length} pages in ${SOURCES}`);
}
