import { join } from 'node:path';
import { before } from 'node:test';
import { ensurePackages } from '../../pkg/tools/npm.mjs';
import { read } from '../../pkg/tools/run.mjs';
import { consumers, installPacked, startServer } from '../js/support/consumers.mjs';
import { example } from '../js/support/relay-example.mjs';

const app = join(consumers, 'relay-next');
const next = join(app, 'node_modules/next/dist/bin/next');

// It asks for news of itself otherwise.
const env = { NEXT_TELEMETRY_DISABLED: '1' };

before(async () => {
  await ensurePackages(app);
  // Its bundler takes no package that lies outside the application.
  await installPacked(app);
  await read(process.execPath, [next, 'build'], { cwd: app, env });
}, { timeout: 600_000 });

example('Next.js', async (t, own) => {
  return { url: `${await startServer(t, process.execPath, [next, 'start', '--hostname', '127.0.0.1'], { ...env, ...own }, app)}/api/outdial` };
});
