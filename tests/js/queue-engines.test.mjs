import assert from 'node:assert/strict';
import test, { before } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { serveSandbox } from '../../pkg/sandbox/server.js';
import { openBullmq } from '../queue/bullmq.mjs';
import { brokenPromises, runRound } from '../queue/soak.mjs';
import { numbersOf } from './support/bulk.mjs';
import { ensureConsumers } from './support/consumers.mjs';
import { CALLS } from './support/platforms.mjs';

const JOBS = 100;
const KILLS = 2;

before(ensureConsumers, { timeout: 600_000 });

for (const engine of ['BullMQ', 'Cloudflare Queues']) {
  for (const provider of ['truedy', 'kore']) {
    test(`${engine} with ${provider}: workers die in the middle of their work, every job ends, and nobody is rung twice`, { timeout: 240_000 }, async () => {
      const round = await runRound({ engine, provider, jobs: JOBS, kills: KILLS });
      assert.deepEqual(brokenPromises(round), [], JSON.stringify(round));
      assert.ok(round.kills >= 1, 'no worker was killed');
    });
  }
}

test("BullMQ's limiter keeps the calls to the vendor's rate", { timeout: 60_000 }, async (t) => {
  const { url, sandbox, close } = await serveSandbox({ clock: 'live' });
  t.after(close);
  const config = { provider: 'truedy', apiKey: 'k', baseUrl: `${url}/api/public/v1` };
  const queue = await openBullmq({ env: { OUTDIAL_CONFIG: JSON.stringify(config), CALLS_PER_MINUTE: '7' } });
  t.after(queue.close);
  const { kill } = await queue.start();
  t.after(kill);
  await queue.send(numbersOf(12).map((phoneNumber, index) => ({ id: `job-${index}`, input: { ...CALLS.truedy, phoneNumber } })));
  while ((await queue.count()) < 7) await pause(50);
  await pause(1_500);
  assert.deepEqual([sandbox.created.calls, await queue.count()], [7, 7]);
});
