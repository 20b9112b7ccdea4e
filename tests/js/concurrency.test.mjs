import assert from 'node:assert/strict';
import test from 'node:test';
import { createRandom } from '../../pkg/sandbox/random.js';
import { serveSandbox } from '../../pkg/sandbox/server.js';
import { together } from '../soak/concurrency.mjs';
import { faultsOf } from './support/fault-runs.mjs';
import { clientAt, open } from './support/platforms.mjs';

const WIDTH = 1_000;
// npm --prefix pkg run test:memory has a thousand.
const CONNECTIONS = 200;

function check(settlings, sandbox, width = WIDTH) {
  assert.deepEqual([...new Set(settlings.map(({ length }) => length))], [1], 'each settles once');
  const ids = settlings.map(([{ value, error }]) => value?.id ?? assert.fail(error));
  assert.equal(new Set(ids).size, width, 'each was told of something of its own');
  assert.deepEqual([sandbox.created.calls, sandbox.created.contacts], [width / 2, width / 2]);
  assert.ok(Object.values(sandbox.rang).every((times) => times === 1));
}

test(`${WIDTH} operations at a time on one client each settle once, with an answer of their own`, { timeout: 120_000 }, async () => {
  const { sandbox, client } = open('truedy');
  check(await together(client, WIDTH), sandbox);
});

test(`the same holds for ${CONNECTIONS} connections at a time`, { timeout: 120_000 }, async () => {
  const { sandbox } = open('truedy');
  const server = await serveSandbox({ sandbox });
  try {
    check(await together(clientAt('truedy', server.url), CONNECTIONS), sandbox, CONNECTIONS);
  } finally {
    await server.close();
  }
});

test(`of ${WIDTH} operations at a time under faults each settles once, and nobody is rung twice`, { timeout: 120_000 }, async () => {
  const { sandbox, client } = open('truedy', { config: { timeoutMs: 400, totalTimeoutMs: 2_000 } });
  sandbox.faults(faultsOf(createRandom('concurrency')));
  const settlings = await together(client, WIDTH);
  assert.deepEqual([...new Set(settlings.map(({ length }) => length))], [1]);
  const rung = Object.values(sandbox.rang);
  assert.ok(rung.length > 0 && rung.every((times) => times === 1));
  const told = settlings.filter(([{ value }], index) => value && index % 2 === 0).length;
  const unknown = settlings.filter(([{ error }], index) => error?.code === 'outcome_unknown' && index % 2 === 0).length;
  assert.ok(told <= rung.length && rung.length <= told + unknown, `${rung.length} rang, ${told} were told of, of ${unknown} nothing is known`);
});
