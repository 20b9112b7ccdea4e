import { createClient } from 'outdial';
import { createRelay } from 'outdial/relay';

const { env } = Bun;
const relay = createRelay({
  client: createClient({ provider: 'truedy', apiKey: env.TRUEDY_API_KEY, baseUrl: env.TRUEDY_URL }),
  allow: ['createContact', 'createCall'],
  policy: { regions: ['US'] },
  authorize: (request) => request.headers.get('cookie') === `session=${env.SESSION}`,
});

Bun.serve({ hostname: '127.0.0.1', port: Number(env.PORT), fetch: relay });
