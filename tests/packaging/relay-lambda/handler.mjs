import { env } from 'node:process';
import { createClient } from 'outdial';
import { createRelay, toLambdaHandler } from 'outdial/relay';

const relay = createRelay({
  client: createClient({ provider: 'truedy', apiKey: env.TRUEDY_API_KEY, baseUrl: env.TRUEDY_URL }),
  allow: ['createContact', 'createCall'],
  policy: { regions: ['US'] },
  authorize: (request) => request.headers.get('cookie') === `session=${env.SESSION}`,
});

export const handler = toLambdaHandler(relay);
