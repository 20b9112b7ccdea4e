import { packageSteps } from './package.mjs';
import { buildSite } from './static.mjs';
import { runSteps } from './steps.mjs';

const page = { name: 'demo', run: async () => console.log(`written: ${await buildSite()}, for any host of files; send the headers of its file _headers`) };

await runSteps([...packageSteps, page]);
