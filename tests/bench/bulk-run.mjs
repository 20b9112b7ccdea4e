import { createClient, createContacts } from '../../pkg/index.node.js';

/**
 * A process that creates contacts at `url`, so that its memory is its own: rounds of `createContacts` and of a bare fetch
 * loop in turn. Prints what each round took, in milliseconds, and the peak of the memory in kB.
 */
const [url, rounds, count, concurrency] = [process.argv[2], ...process.argv.slice(3).map(Number)];
const apiKey = 'truedy_bench';
const client = createClient({ provider: 'truedy', apiKey, baseUrl: url });

function* contacts() {
  for (let index = 0; index < count; index += 1) yield { phoneNumber: `+1415${2_000_000 + index}`, firstName: 'Ada', lastName: 'Example' };
}

async function ours() {
  for await (const { ok, error } of createContacts(client, contacts(), { concurrency, perMinute: Infinity })) {
    if (!ok) throw error;
  }
}

/** What a careful hand writes: a pool of loops over one iterator, keep-alive, and the answer's id looked at. */
async function bare() {
  const inputs = contacts();
  const headers = { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' };
  async function loop() {
    for (const { phoneNumber, firstName, lastName } of { [Symbol.iterator]: () => inputs }) {
      const body = JSON.stringify({ phone_number: phoneNumber, first_name: firstName, last_name: lastName });
      const response = await fetch(`${url}/contacts`, { method: 'POST', headers, body });
      const { data } = await response.json();
      if (response.status !== 201 || !data.id) throw new Error(`status ${response.status}`);
    }
  }
  await Promise.all(Array.from({ length: concurrency }, loop));
}

async function timed(work) {
  const from = performance.now();
  await work();
  return performance.now() - from;
}

const times = { ours: [], bare: [] };
const only = process.argv[6];
for (let round = 0; round < rounds; round += 1) {
  for (const [name, work] of round % 2 === 0 ? [['ours', ours], ['bare', bare]] : [['bare', bare], ['ours', ours]]) {
    if (!only || only === name) times[name].push(await timed(work));
  }
}
console.log(JSON.stringify({ ...times, peakKb: process.resourceUsage().maxRSS }));
