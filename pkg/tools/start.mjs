import { parseArgs } from 'node:util';
import { packageSteps } from './package.mjs';
import { serve } from './serve.mjs';
import { runSteps } from './steps.mjs';

const USUAL_PORT = 4000;

const { values } = parseArgs({ options: { port: { type: 'string' } } });
const asked = values.port ?? process.env.PORT;

if (await runSteps([...packageSteps, { name: 'serve', run: serveDemo, todo: 'name a free port: npm --prefix pkg start -- --port 0' }])) {
  console.log('Ctrl-C stops it');
}

async function serveDemo() {
  if (asked !== undefined && !/^\d{1,5}$/.test(asked)) throw new Error(`a port is a number, not ${asked}`);
  const { createSandbox } = await import('../sandbox/index.js');
  const server = await serve({
    port: asked === undefined ? USUAL_PORT : Number(asked),
    orFree: asked === undefined,
    sandbox: createSandbox({ clock: 'live' }),
  });
  const stop = () => server.close();
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
  console.log(`the demo, with its own sandbox of the Truedy API: ${server.url}`);
}
