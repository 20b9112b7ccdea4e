import { createClient } from 'outdial';
import { createRelay } from 'outdial/relay';

export const config = { runtime: 'edge' };

let relay;

// At the first request: a build imports this file too, and has no key.
function openRelay({ TRUEDY_API_KEY: apiKey, TRUEDY_URL: baseUrl, SESSION }) {
  return createRelay({
    client: createClient({ provider: 'truedy', apiKey, baseUrl }),
    allow: ['createContact', 'createCall'],
    policy: { regions: ['US'] },
    authorize: (request) => request.headers.get('cookie') === `session=${SESSION}`,
  });
}

export default function handle(request) {
  relay ??= openRelay(process.env);
  return relay(request);
}
