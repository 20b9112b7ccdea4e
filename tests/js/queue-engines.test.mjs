import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import test, { before } from 'node:test';
import { root } from '../../pkg/tools/paths.mjs';
import { brokenPromises, runRound } from '../queue/soak.mjs';
import { consumers, ensureConsumers } from './support/consumers.mjs';

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

for (const engine of ['bullmq', 'cloudflare']) {
  test(`the README's recipe for ${engine} is the worker that these tests run, in at most 25 lines`, () => {
    const recipe = readFileSync(join(consumers, `queue-${engine}/worker.mjs`), 'utf8').trimEnd();
    assert.ok(recipe.split('\n').length <= 25, `${recipe.split('\n').length} lines`);
    assert.ok(readFileSync(join(root, 'README.md'), 'utf8').includes(`\`\`\`js\n${recipe}\n\`\`\``));
  });
}
