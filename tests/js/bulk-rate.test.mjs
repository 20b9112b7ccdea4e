import assert from 'node:assert/strict';
import test from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { Pace } from '../../pkg/bulk/pace.js';
import { limitOf } from '../../pkg/bulk/limit.js';
import { collect, contactsOf, tally } from './support/bulk.mjs';
import { CONTACTS, open, outdial } from './support/platforms.mjs';

const { createContacts } = outdial;

/** How many tokens a bucket gives when it is asked without pause; the moments, in milliseconds. */
function takeAll(perMinute, untilMs) {
  const limit = limitOf({});
  const taken = [];
  for (let now = 0; now < untilMs;) {
    const waitMs = limit.take(perMinute, now);
    if (waitMs === 0) taken.push(now);
    else now += waitMs;
  }
  return taken;
}

test('no minute, wherever it begins, sees more than perMinute, and none is wasted', () => {
  for (const perMinute of [1, 2, 60, 100, 3_000]) {
    const taken = takeAll(perMinute, 600_000);
    assert.equal(taken.length, perMinute * 10);
    for (let index = perMinute; index < taken.length; index += 1) assert.ok(taken[index] - taken[index - perMinute] >= 60_000);
  }
});

test('a token that was not used comes back', () => {
  const limit = limitOf({});
  assert.deepEqual([limit.take(1, 0), limit.take(1, 10)], [0, 59_990]);
  limit.giveBack(0);
  assert.equal(limit.take(1, 20), 0);
  const other = limitOf({});
  assert.deepEqual([other.take(2, 0), other.take(2, 10_000)], [0, 0]);
  other.giveBack(0);
  assert.deepEqual([other.take(2, 20_000), other.take(2, 60_000)], [0, 10_000], 'the other one stays taken');
});

test('without a perMinute a run keeps to the limit that the vendor documents', async (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  for (const [provider, limit] of [['truedy', 100], ['kore', 60]]) {
    const { sandbox, client } = open(provider);
    const size = provider === 'kore' ? 100 : 1;
    const inputs = { *[Symbol.iterator]() { for (let index = 0; index < (limit + 5) * size; index += 1) yield { ...CONTACTS[provider], phoneNumber: `+1415${2_000_000 + index}` }; } };
    const controller = new AbortController();
    let count = 0;
    const done = collect(createContacts(client, inputs, { signal: controller.signal, onProgress: ({ done }) => (count = done) }));
    for (let last = -1; last !== count || count < limit * size;) {
      last = count;
      await new Promise((resolve) => setImmediate(() => setImmediate(resolve)));
    }
    assert.equal(sandbox.requests.length, limit);
    controller.abort();
    assert.deepEqual(tally((await done).all), { ok: limit * size, aborted: 1 });
  }
});

test('two runs of one client share its rate', async () => {
  const { sandbox, client } = open('truedy');
  const signal = AbortSignal.timeout(300);
  const runs = await Promise.all([1, 2].map(() => collect(createContacts(client, contactsOf(10), { perMinute: 6, signal }))));
  assert.equal(sandbox.requests.length, 6);
  assert.equal(runs.flatMap(({ all }) => all).filter(({ ok }) => ok).length, 6);
});

test('a 429 slows the whole run down, and no row is lost', async () => {
  const { sandbox, client } = open('truedy', { faults: [{ kind: 'status', status: 429, hint: 'retry_after_seconds', afterMs: 1_000, skip: 10, times: 3 }] });
  const { all } = await collect(createContacts(client, contactsOf(40), { perMinute: Infinity, concurrency: 8 }));
  assert.deepEqual(tally(all), { ok: 40 });
  assert.deepEqual(all.map(({ index }) => index), Array.from({ length: 40 }, (_, index) => index));
  assert.equal(sandbox.created.contacts, 40);
  const moments = sandbox.requests.map(({ at }) => Date.parse(at));
  const lastRefused = sandbox.requests.findLastIndex(({ status }) => status === 429);
  // What was on its way already may arrive, eight at most; after that nothing for a second.
  const gaps = moments.slice(lastRefused, lastRefused + 9).map((at, index, all) => at - (all[index - 1] ?? at));
  assert.ok(Math.max(...gaps) >= 900, `${gaps} ms`);
});

test('a vendor that counts by the minute takes all rows of a run that is too fast for it', { timeout: 180_000 }, async () => {
  // The vendor counts by the minute of the clock; the run must not begin at the end of one.
  const leftMs = 60_000 - (Date.now() % 60_000);
  if (leftMs < 5_000) await pause(leftMs);
  const { sandbox, client } = open('truedy', { rateLimit: 30, clock: 'live' });
  const { all } = await collect(createContacts(client, contactsOf(45), { perMinute: Infinity, concurrency: 10 }));
  assert.deepEqual([tally(all), sandbox.created.contacts], [{ ok: 45 }, 45]);
  const refused = sandbox.requests.filter(({ status }) => status === 429).length;
  assert.ok(refused >= 1 && refused <= 20, `${refused} refused`);
});

test('a platform that refuses for ever is given up row by row, as rate_limited', async (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const { sandbox, client } = open('truedy', { faults: [{ kind: 'status', status: 429 }] });
  let over = false;
  const done = collect(createContacts(client, contactsOf(2), { perMinute: Infinity })).finally(() => (over = true));
  const real = performance.now.bind(performance);
  let ahead = 0;
  t.mock.method(performance, 'now', () => real() + ahead);
  while (!over) {
    await new Promise((resolve) => setImmediate(resolve));
    ahead += 60_000;
    t.mock.timers.tick(60_000);
  }
  assert.deepEqual(tally((await done).all), { rate_limited: 2 });
  assert.equal(sandbox.requests.length, 30);
});

test('the pace halves at a refusal, keeps to the wait that is asked for, and recovers by successes', () => {
  const pace = new Pace(8);
  pace.refuse(1_000, 900, 5_000);
  assert.deepEqual([pace.width, pace.pauseMs(1_000), pace.pauseMs(6_000)], [4, 5_000, 0]);
  // Sent before the pause, it says nothing new.
  pace.refuse(1_100, 950, 500);
  assert.deepEqual([pace.width, pace.pauseMs(1_000)], [4, 5_000]);
  pace.refuse(7_000, 6_500, undefined);
  assert.equal(pace.width, 2);
  assert.ok(pace.pauseMs(7_000) >= 1_000 && pace.pauseMs(7_000) <= 2_000);
  for (let count = 0; count < 100; count += 1) pace.succeed();
  assert.equal(pace.width, 8);
});
