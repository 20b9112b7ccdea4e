import { env } from 'node:process';
import { createClient } from 'outdial';
import { createRelay } from 'outdial/relay';

let relay;

// At the first request: a build imports this file too, and has no key.
function openRelay() {
  return createRelay({
    client: createClient({ provider: 'truedy', apiKey: env.TRUEDY_API_KEY, baseUrl: env.TRUEDY_URL }),
    allow: ['createContact', 'createCall'],
    policy: { regions: ['US'] },
    authorize: (request) => request.headers.get('cookie') === `session=${env.SESSION}`,
  });
}

export function POST(request) {
  relay ??= openRelay();
  return relay(request);
}
