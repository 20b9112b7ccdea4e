import { randomUUID } from 'node:crypto';
import { createClient } from '../index.node.js';
import { createRelay, toNodeHandler } from '../relay.js';
import { createSandbox } from '../sandbox/index.js';
import { ISOLATION, TRUSTED_TYPES } from './headers.mjs';
import { serve } from './serve.mjs';

const configsOf = (secret) => ({
  truedy: { apiKey: secret },
  thoughtly: { apiToken: secret, teamId: 'team-demo' },
  kore: { host: 'platform.kore.ai', streamId: 'st-demo', accountId: 'account-demo', auth: { clientId: 'cs-demo', clientSecret: secret } },
});

/**
 * Serves the demo: the pages, the sandbox, and a relay to each of its platforms whose key never leaves this process. Gives
 * `{ url, close, sandbox, apiKey }`; `place` is the port, as `serve` takes it.
 */
export async function serveDemo(place) {
  const sandbox = createSandbox({ clock: 'live' });
  const [apiKey, visitor] = [`truedy_demo_${randomUUID()}`, `visitor=${randomUUID()}`];
  const relays = Object.entries(configsOf(apiKey)).map(([provider, config]) => {
    const relay = createRelay({
      client: createClient({ provider, ...config, fetch: (request) => sandbox.fetch(request) }),
      allow: ['createContact', 'createCall'],
      policy: { regions: ['US', 'CA'] },
      // Whoever opened the page. A shop would ask its session.
      authorize: ({ headers }) => headers.get('cookie')?.split('; ').includes(visitor) === true,
    });
    return [`/api/outdial/${provider}`, toNodeHandler(relay)];
  });
  const headers = { ...ISOLATION, 'set-cookie': `${visitor}; HttpOnly; SameSite=Strict; Path=/` };
  const server = await serve({ ...place, sandbox, headers, policy: TRUSTED_TYPES, relays: Object.fromEntries(relays) });
  return { ...server, sandbox, apiKey };
}
