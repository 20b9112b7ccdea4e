import { parseArgs } from 'node:util';
import { packageSteps } from './package.mjs';
import { runSteps } from './steps.mjs';

const USUAL_PORT = 4000;
const LINGER_MS = 300;

const { values } = parseArgs({ options: { port: { type: 'string' } } });
const asked = values.port ?? process.env.PORT;

if (await runSteps([...packageSteps, { name: 'docs', run: openDocs }, { name: 'serve', run: openDemo }])) {
  console.log('Ctrl-C stops it');
}

async function openDocs() {
  // It needs a package, which is installed only now.
  const { ensureDocs } = await import('./docs/site.mjs');
  console.log(ensureDocs() ? 'written into www/docs' : 'up to date');
}

async function openDemo() {
  if (asked !== undefined && !(/^\d+$/.test(asked) && Number(asked) <= 65_535)) throw new Error(`a port is a number up to 65535, not ${asked}`);
  // It needs the package, which is built only now.
  const { serveDemo } = await import('./demo.mjs');
  const place = { port: asked === undefined ? USUAL_PORT : Number(asked), orFree: asked === undefined };
  const server = await serveDemo(place).catch((error) => {
    throw Object.assign(error, { todo: 'name another port, or 0 for a free one: npm --prefix pkg start -- --port 0' });
  });
  // Ctrl-C comes twice, from the terminal and from npm, and the second must not kill what the first is closing.
  const stop = () => server.close().then(() => setTimeout(() => {}, LINGER_MS));
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => void stop());
  console.log(`the demo, with its own sandbox of the three platforms: ${server.url}
the same forms through a relay, which alone holds the key: ${server.url}?through=relay
the docs: ${server.url}docs/`);
}
