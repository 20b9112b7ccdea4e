import { sValidator } from '@hono/standard-validator';
import { Hono } from 'hono';
import { call } from 'outdial/forms';

export const app = new Hono().post('/calls', sValidator('json', call('truedy')), (context) => context.json(context.req.valid('json')));
