import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { createCall, createClient } from '../../pkg/index.node.js';
import { ensurePackages } from '../../pkg/tools/npm.mjs';
import { read } from '../../pkg/tools/run.mjs';
import { consumers, installPacked, startServer } from '../js/support/consumers.mjs';
import { modulesIn } from './place.mjs';

/** The Next.js application, whose bundler takes no package that lies outside it. */
const app = join(consumers, 'relay-next');
const next = join(app, 'node_modules/next/dist/bin/next');

// It asks for news of itself otherwise.
const QUIET = { NEXT_TELEMETRY_DISABLED: '1' };

const SESSION = 'a1';
const BAD_NUMBER = { version: 1, operation: 'createCall', input: { agentId: 'agt_1', phoneNumber: '+1 415' }, options: { idempotencyKey: 'bad' } };

export async function ensureNext() {
  await ensurePackages(app);
  await installPacked(app);
}

/** Builds the application with a bundler and starts it: `{ url, askRoute(path, phoneNumber), close }`. */
export async function openNext(bundler, platformUrl) {
  const DIST_DIR = `.next/${bundler.toLowerCase()}`;
  const env = { ...QUIET, DIST_DIR, TRUEDY_API_KEY: 'truedy_test', TRUEDY_URL: `${platformUrl}/api/public/v1`, SESSION };
  const built = join(app, DIST_DIR);
  rmSync(built, { recursive: true, force: true });
  await read(process.execPath, [next, 'build', `--${bundler.toLowerCase()}`], { cwd: app, env });
  checkBuild(built);
  const stops = [];
  const origin = await startServer({ after: (stop) => stops.push(stop) }, process.execPath, [next, 'start', '--hostname', '127.0.0.1'], env, app);
  return {
    url: `${origin}/?session=${SESSION}`,
    askRoute: (path, phoneNumber) => askRoute(origin, path, phoneNumber),
    close: () => stops.forEach((stop) => stop()),
  };
}

/** Has a route place a call, and say what is wrong with another. */
async function askRoute(origin, path, phoneNumber) {
  const headers = { cookie: `session=${SESSION}`, origin, 'content-type': 'application/json' };
  const page = createClient({
    provider: 'relay',
    url: origin + path,
    fetch(request) {
      for (const [name, value] of Object.entries(headers)) request.headers.set(name, value);
      return fetch(request);
    },
  });
  const { status, provider } = await createCall(page, { agentId: '1f4baf16-1540-4d91-9696-7f34b2f2cb77', phoneNumber });
  assert.deepEqual([status, provider], ['queued', 'truedy']);
  const refused = await fetch(origin + path, { method: 'POST', headers, body: JSON.stringify(BAD_NUMBER) });
  const { error } = await refused.json();
  assert.deepEqual([error.code, error.issues.map(({ path: where, message }) => `${where}: ${message}`)], ['invalid_input', ['phoneNumber: Too short for a number in US']]);
}

/** Pages take the file from static/, the edge its own, and Node's code has it inlined; and nothing has two of one. */
function checkBuild(built) {
  assert.deepEqual(modulesIn(join(built, 'static')), { files: 1, inlined: 0 });
  const { files, inlined } = modulesIn(join(built, 'server'));
  assert.deepEqual([files, inlined > 0], [1, true]);
}
