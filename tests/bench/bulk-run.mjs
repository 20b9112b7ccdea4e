import { createClient, createContacts } from '../../pkg/dist/node/index.js';

/**
 * A process that creates `count` contacts at `url` in one run of createContacts, and between slices of it lets a bare fetch
 * loop create as many, if it is `beside`, so that a busy machine slows both. Prints the milliseconds for one contact each way, the peak of the
 * memory in kB after the first slice and in the end, and how many were created.
 */
const [url, count, slices, concurrency] = [process.argv[2], ...process.argv.slice(3, 6).map(Number)];
const isBeside = process.argv[6] === 'beside';
const apiKey = 'truedy_bench';
const client = createClient({ provider: 'truedy', apiKey, baseUrl: url });

function* contacts(most) {
  for (let index = 0; index < most; index += 1) yield { phoneNumber: `+1415${2_000_000 + index}`, firstName: 'Ada', lastName: 'Example' };
}

/** What a careful hand writes: a pool of loops over one iterator, keep-alive, and the answer's id looked at. */
async function bare(most) {
  const inputs = contacts(most);
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

async function ours(results, most) {
  for (let taken = 0; taken < most; taken += 1) {
    const { value: { ok, index, error } } = await results.next();
    if (!ok) throw error;
    created = index + 1;
  }
}

async function timed(work) {
  const from = performance.now();
  await work();
  return performance.now() - from;
}

const slice = count / slices;
let created = 0;
const times = { ours: 0, bare: 0 };
const peaksKb = [];
const results = createContacts(client, contacts(count), { concurrency, perMinute: Infinity });
// Compiled before it is measured.
if (isBeside) await bare(slice);
for (let round = 0; round < slices; round += 1) {
  times.ours += await timed(() => ours(results, slice));
  if (isBeside) times.bare += await timed(() => bare(slice));
  peaksKb.push(process.resourceUsage().maxRSS);
}
const { done } = await results.next();
console.log(JSON.stringify({
  oursMs: times.ours / count,
  bareMs: times.bare / count,
  firstPeakKb: peaksKb[0],
  peakKb: peaksKb.at(-1),
  created: done ? created : undefined,
}));
