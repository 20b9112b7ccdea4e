import { after, before, test } from 'node:test';
import { openPlace, openPlatform, rung } from '../packaging/place.mjs';
import { QUICK_SERVERS, useServer } from '../packaging/servers.mjs';
import { ensureConsumers } from './support/consumers.mjs';

const run = {};

before(async () => {
  await ensureConsumers();
  Object.assign(run, { place: await openPlace('servers'), platform: await openPlatform() });
}, { timeout: 600_000 });
after(() => run.platform?.close());

// The rest, and what each of them loads, is in npm --prefix pkg run test:packaging.
for (const server of QUICK_SERVERS) {
  for (const way of ['import', 'require']) {
    if (typeof server[way] === 'string') continue;
    test(`${server.name} uses the package as npm packs it, by ${way}`, { timeout: 120_000 }, () => rung(run.platform, (number) => useServer(run, server, way, number)));
  }
}
