import assert from 'node:assert/strict';
import test from 'node:test';
import { serveSandbox } from '../../pkg/sandbox/server.js';
import { countsOf, expected, FAULTS, OPERATIONS, violations } from './support/matrix.mjs';
import { clientAt, each, open, settled } from './support/platforms.mjs';

const MAX_RETRIES = 2;
const NAMES = Object.keys(OPERATIONS);

// An attempt is given up long before a slow answer comes, and long after any other.
const CONFIG = { timeoutMs: 1_000, maxRetries: MAX_RETRIES };

const ways = { once: { times: 1 }, 'each time': {} };

/** One cell of the table: an operation, a fault, and how often it strikes. */
async function meet(name, { fault }, chances, opened) {
  const operation = OPERATIONS[name];
  const { sandbox, client } = opened;
  const ready = await operation.prepare?.(client);
  const before = countsOf(sandbox, operation.provider);
  sandbox.faults([{ on: { operation: operation.struck }, ...chances, ...fault }]);
  const outcome = await settled(operation.run(client, {}, ready));
  const counts = countsOf(sandbox, operation.provider, before);
  return { name, outcome, counts, requests: sandbox.requests };
}

const strikes = (requests, operation) => requests.filter((request) => request.operation === operation).length;

function check({ name, outcome, counts, requests }, row, way) {
  const { provider, struck, twoSteps } = OPERATIONS[name];
  const where = `${name}, ${row.name}, ${way}`;
  assert.deepEqual(violations(provider, counts, outcome), [], where);
  const want = expected(OPERATIONS[name], row, { each: way !== 'once', maxRetries: MAX_RETRIES });
  assert.equal(outcome.error?.code ?? 'ok', want.code, where);
  assert.equal(strikes(requests, struck), want.posts, where);
  const other = twoSteps && (struck === 'createCall' || want.code === 'ok') ? 1 : 0;
  assert.equal(counts.posts, want.posts + other, where);
  if (want.code === 'ok') assert.equal(struck === 'createCall' || twoSteps ? counts.calls : counts.contacts, 1, where);
  if (twoSteps && struck === 'createCall' && outcome.error) assert.ok(outcome.error.details.contactId, where);
  assert.ok(requests.every(({ provider: own }) => own === provider), `${where}: a request went elsewhere`);
}

const cell = ({ name, outcome, counts }) => {
  const { struck, twoSteps } = OPERATIONS[name];
  const made = twoSteps ? `${counts.contacts}+${counts.calls}` : struck === 'createCall' ? counts.calls : counts.contacts;
  return `${outcome.error?.code ?? 'ok'} ${counts.posts}>${made}`;
};

function print(title, rows) {
  const head = [title, ...NAMES.map((name) => name.replace(' createC', ' c'))];
  const all = [head, ...rows];
  const widths = head.map((_, column) => Math.max(...all.map((row) => row[column].length)));
  console.log(all.map((row) => row.map((text, column) => text.padEnd(widths[column])).join(' | ')).join('\n'));
}

for (const [way, chances] of Object.entries(ways)) {
  test(`a fault that strikes ${way} never makes two calls, and the caller is told of every POST`, async () => {
    const cells = FAULTS.flatMap((row) => NAMES.map((name) => ({ row, name })));
    const results = await Promise.all(cells.map(async ({ row, name }) => {
      const result = await meet(name, row, chances, open(OPERATIONS[name].provider, { config: CONFIG }));
      check(result, row, way);
      return result;
    }));
    print(`${way}: code, POSTs > what exists (contacts+calls)`, FAULTS.map((row, at) => [row.name, ...results.slice(at * NAMES.length, (at + 1) * NAMES.length).map(cell)]));
  });
}

test('the same holds over real connections that are kept, cut and stalled', { timeout: 120_000 }, async () => {
  const cells = FAULTS.flatMap((row) => NAMES.map((name) => ({ row, name })));
  await each(cells, 10, async ({ row, name }) => {
    const { provider } = OPERATIONS[name];
    const { sandbox } = open(provider);
    const server = await serveSandbox({ sandbox });
    try {
      check(await meet(name, row, { times: 1 }, { sandbox, client: clientAt(provider, server.url, { ...CONFIG, timeoutMs: 2_500 }) }), row, 'once');
    } finally {
      await server.close();
    }
  });
});
