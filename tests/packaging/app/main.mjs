import { env } from 'node:process';
import * as outdial from 'outdial';
import * as csv from 'outdial/csv';
import * as queue from 'outdial/queue';
import * as relay from 'outdial/relay';
import { report } from './report.mjs';

const said = await report({ outdial, relay, queue, csv }, { sandboxUrl: env.SANDBOX_URL, phoneNumber: env.PHONE_NUMBER });
console.log(JSON.stringify({ ...said, from: import.meta.resolve('outdial') }));
