import { createClient } from 'outdial';
import { createRelay } from 'outdial/relay';

let relay;

function relayOf(env) {
  return createRelay({
    client: createClient({ provider: 'truedy', apiKey: env.TRUEDY_API_KEY, baseUrl: env.TRUEDY_URL }),
    allow: ['createContact', 'createCall'],
    policy: { regions: ['US'] },
    authorize: (request) => request.headers.get('cookie') === `session=${env.SESSION}`,
  });
}

export default {
  fetch(request, env) {
    relay ??= relayOf(env);
    return relay(request);
  },
};
