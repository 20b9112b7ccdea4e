import * as outdial from 'outdial';
import * as csv from 'outdial/csv';
import * as queue from 'outdial/queue';
import * as relay from 'outdial/relay';
import { report } from './report.mjs';

export default {
  async fetch(request, env) {
    return Response.json(await report({ outdial, relay, queue, csv }, { sandboxUrl: env.SANDBOX_URL, phoneNumber: env.PHONE_NUMBER }));
  },
};
