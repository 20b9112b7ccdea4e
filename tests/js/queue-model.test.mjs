import assert from 'node:assert/strict';
import test from 'node:test';
import { playJob } from '../queue/model.mjs';

const USUAL = { duplicate: 0.5, refused: 0.2, lost: 0.15 };

const CASES = {
  'jobs that are delivered twice': {},
  'workers that die between any two steps': { death: 0.4 },
  'a store that fails, or says so when it has written': { before: 0.15, after: 0.15 },
  'a store that is slow': { slow: 0.25 },
  'a store that writes late what it said had failed': { after: 0.2, late: 0.6 },
  'all of it': { death: 0.3, before: 0.1, after: 0.15, late: 0.5, slow: 0.2 },
};
const SEEDS = 40;

for (const provider of ['truedy', 'kore']) {
  for (const [what, faults] of Object.entries(CASES)) {
    test(`${provider}: a job rings once at most, under one key, and ends: ${what}`, { timeout: 120_000 }, async (t) => {
      let rung = 0;
      for (let seed = 1; seed <= SEEDS; seed += 1) {
        const { rang, keys, said } = await playJob({ seed, provider, faults: { ...USUAL, ...faults } });
        assert.ok(rang <= 1, `seed ${seed}: the phone rang ${rang} times; deliveries said ${said}`);
        if (provider === 'truedy') assert.ok(keys <= 1, `seed ${seed}: asked for under ${keys} keys; deliveries said ${said}`);
        assert.ok(said.some((status) => status === 'completed' || status === 'parked'), `seed ${seed}: no delivery ended it: ${said}`);
        if (said.includes('completed')) assert.equal(rang, 1, `seed ${seed}: completed, and nobody rang`);
        assert.ok(!said.includes('rejected'), `seed ${seed}: rejected`);
        rung += rang;
      }
      t.diagnostic(`${rung} of ${SEEDS} jobs rang`);
      assert.ok(rung > SEEDS / 4, `only ${rung} rang`);
    });
  }
}
