import { readContactsCsv } from '../../pkg/dist/node/csv.js';
import { validateContact } from '../../pkg/dist/node/index.js';

/** A process that reads a CSV file of `count` rows, which is never whole in memory, and validates each. */
const count = Number(process.argv[2]);
const CHUNK_BYTES = 65_536;

function* file() {
  let text = 'Phone;First name;Last name;Plan\r\n';
  const encoder = new TextEncoder();
  for (let index = 0; index < count; index += 1) {
    text += `+1415${2_000_000 + (index % 7_000_000)};Ada;"Example; ${index}";pro\r\n`;
    if (text.length < CHUNK_BYTES) continue;
    yield encoder.encode(text);
    text = '';
  }
  yield encoder.encode(text);
}

const mapping = { phoneNumber: 'Phone', firstName: 'First name', lastName: 'Last name', customFields: { plan: 'Plan' } };
const validate = (input) => validateContact('truedy', input);
let good = 0;
const from = performance.now();
for await (const { ok } of readContactsCsv(file(), mapping, { validate })) if (ok) good += 1;
console.log(JSON.stringify({ ms: performance.now() - from, peakKb: process.resourceUsage().maxRSS, good }));
