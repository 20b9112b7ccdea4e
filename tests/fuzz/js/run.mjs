import { openSync, writeSync } from 'node:fs';
import { inspect } from 'node:util';
import { FORMATS, fuzzBytes } from './bytes.mjs';
import { fuzzValues } from './values.mjs';

/**
 * Rounds of a fuzz, a process of its own: `<values|csv|relay> <minutes> <seed> <file>`. Each round has its seed. The case that
 * is under way stands in the file, for whoever finds this process hanging or gone.
 */
const [what, minutes, first, file] = process.argv.slice(2);
const RUNS_A_ROUND = { values: 100, csv: 500, relay: 500 };
const untilMs = Date.now() + Number(minutes) * 60_000;
const now = openSync(file, 'w');
const found = new Set();
let seed = Number(first);
let cases = 0;

// Padded, so that a shorter case covers a longer one before it.
const beat = (...about) => writeSync(now, about.map((one) => (Buffer.isBuffer(one) ? one.toString('base64') : inspect(one, { depth: 9, breakLength: Infinity }))).join(': ').slice(0, 8_000).padEnd(8_000), 0);

async function round() {
  const runs = RUNS_A_ROUND[what];
  if (FORMATS.includes(what)) return fuzzBytes(what, { seed, runs, beat });
  return fuzzValues({ seed, runs, untilMs, beat, only: (name) => !found.has(name) });
}

while (Date.now() < untilMs) {
  const { count, findings } = await round();
  cases += count;
  for (const { name, message, ...finding } of findings) {
    found.add(name);
    const bytes = finding.bytes && `\nbase64 ${finding.bytes.toString('base64')}`;
    console.log(`FOUND ${inspect(finding, { depth: 9 })}${bytes ?? ''}\n${message}`);
  }
  console.log(`${new Date().toISOString()} seed ${seed}: ${cases} cases, ${found.size} findings`);
  seed += 1;
}
process.exit(found.size === 0 ? 0 : 1);
