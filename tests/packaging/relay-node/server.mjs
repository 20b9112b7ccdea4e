import { createServer } from 'node:http';
import { env } from 'node:process';
import { createClient } from 'outdial';
import { createRelay, toNodeHandler } from 'outdial/relay';

const relay = createRelay({
  client: createClient({ provider: 'truedy', apiKey: env.TRUEDY_API_KEY, baseUrl: env.TRUEDY_URL }),
  allow: ['createContact', 'createCall'],
  policy: { regions: ['US'] },
  authorize: (request) => request.headers.get('cookie') === `session=${env.SESSION}`,
});

createServer(toNodeHandler(relay)).listen(Number(env.PORT), '127.0.0.1');
