const { env } = require('node:process');
const outdial = require('outdial');
const csv = require('outdial/csv');
const queue = require('outdial/queue');
const relay = require('outdial/relay');
const { report } = require('./report.mjs');

report({ outdial, relay, queue, csv }, { sandboxUrl: env.SANDBOX_URL, phoneNumber: env.PHONE_NUMBER }).then((said) => {
  console.log(JSON.stringify({ ...said, from: require.resolve('outdial') }));
});
