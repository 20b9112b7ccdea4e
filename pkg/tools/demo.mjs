import { randomUUID } from 'node:crypto';
import { createClient } from '../index.node.js';
import { createRelay, toNodeHandler } from '../relay.js';
import { createSandbox } from '../sandbox/index.js';
import { serve } from './serve.mjs';

/**
 * Serves the demo: the pages, the sandbox, and a relay in front of it whose key never leaves this process. Gives
 * `{ url, close, sandbox, apiKey }`; `place` is the port, as `serve` takes it.
 */
export async function serveDemo(place) {
  const sandbox = createSandbox({ clock: 'live' });
  const [apiKey, visitor] = [`truedy_demo_${randomUUID()}`, `visitor=${randomUUID()}`];
  const relay = createRelay({
    client: createClient({ provider: 'truedy', apiKey, fetch: (request) => sandbox.fetch(request) }),
    allow: ['createContact', 'createCall'],
    policy: { regions: ['US', 'CA'] },
    // Whoever opened the page. A shop would ask its session.
    authorize: ({ headers }) => headers.get('cookie')?.split('; ').includes(visitor) === true,
  });
  const headers = { 'set-cookie': `${visitor}; HttpOnly; SameSite=Strict; Path=/` };
  const server = await serve({ ...place, sandbox, headers, relay: toNodeHandler(relay) });
  return { ...server, sandbox, apiKey };
}
