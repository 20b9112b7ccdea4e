import { env } from 'node:process';
import express from 'express';
import { createClient } from 'outdial';
import { createRelay, toNodeHandler } from 'outdial/relay';

const relay = createRelay({
  client: createClient({ provider: 'truedy', apiKey: env.TRUEDY_API_KEY, baseUrl: env.TRUEDY_URL }),
  allow: ['createContact', 'createCall'],
  policy: { regions: ['US'] },
  authorize: (request) => request.headers.get('cookie') === `session=${env.SESSION}`,
});

const app = express();
// A body that a parser has read before is fine too.
app.use(express.json());
app.all('/api/outdial', toNodeHandler(relay));
app.listen(Number(env.PORT), '127.0.0.1');
