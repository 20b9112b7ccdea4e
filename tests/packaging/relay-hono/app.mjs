import { env } from 'node:process';
import { Hono } from 'hono';
import { createClient } from 'outdial';
import { createRelay } from 'outdial/relay';

const relay = createRelay({
  client: createClient({ provider: 'truedy', apiKey: env.TRUEDY_API_KEY, baseUrl: env.TRUEDY_URL }),
  allow: ['createContact', 'createCall'],
  policy: { regions: ['US'] },
  authorize: (request) => request.headers.get('cookie') === `session=${env.SESSION}`,
});

const app = new Hono();
app.all('/api/outdial', (context) => relay(context.req.raw));
export default app;
