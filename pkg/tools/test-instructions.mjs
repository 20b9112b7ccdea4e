import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { gunzipSync } from 'node:zlib';
import { target, tests } from './paths.mjs';
import { read } from './run.mjs';
import { rustcVersion } from './rust.mjs';
import { runSteps } from './steps.mjs';
import { printTable } from './table.mjs';
import { ensureValgrind } from './valgrind.mjs';

const JOBS = ['strict', 'lenient', 'isValid', 'toE164', 'typing', 'find'];
const EVERY = 20;
const MOST_GROWTH = 0.05;

const recordFile = join(tests, 'instructions', 'record.json');
const rowsFile = join(target, 'instructions.tsv');
const { record } = parseArgs({ options: { record: { type: 'boolean', default: false } } }).values;

let program;
let rows;
let counts;

async function build() {
  mkdirSync(target, { recursive: true });
  const [, ...corpus] = gunzipSync(readFileSync(join(tests, 'fixtures', 'phone', 'corpus.tsv.gz'))).toString().trimEnd().split('\n');
  const lines = corpus.filter((_, index) => index % EVERY === 0).map((line) => line.split('\t', 2).reverse().join('\t'));
  rows = lines.length;
  writeFileSync(rowsFile, `${lines.join('\n')}\n`);
  const args = ['build', '--locked', '--release', '--no-default-features', '--test', 'instructions', '--message-format', 'json-render-diagnostics'];
  const messages = (await read('cargo', args)).trim().split('\n').map((line) => JSON.parse(line));
  program = messages.find(({ target: built, executable }) => executable && built.name === 'instructions').executable;
}

/** Instructions of a whole run, which a busy machine does not change. */
async function instructions(job, passes) {
  const out = join(target, 'callgrind.out');
  await read('valgrind', ['--tool=callgrind', `--callgrind-out-file=${out}`, program, job, String(passes), rowsFile]);
  return Number(/^(?:summary|totals): (\d+)/m.exec(readFileSync(out, 'utf8'))[1]);
}

/** Of a second pass over the same rows, which starts nothing and unpacks nothing. */
async function count() {
  counts = {};
  for (const job of JOBS) counts[job] = Math.round((await instructions(job, 2) - await instructions(job, 1)) / rows);
}

async function compare() {
  const now = { rustc: await rustcVersion(), rows, instructionsPerRow: counts };
  if (record) writeFileSync(recordFile, `${JSON.stringify(now, null, 2)}\n`);
  const before = JSON.parse(readFileSync(recordFile, 'utf8'));
  const growth = (job) => counts[job] / before.instructionsPerRow[job] - 1;
  printTable(['job', 'instructions a row', 'recorded', 'growth'], JOBS.map((job) => [
    job, String(counts[job]), String(before.instructionsPerRow[job]), `${(growth(job) * 100).toFixed(1)} %`,
  ]));
  if (before.rustc !== now.rustc) return console.log(`not compared: the record is of ${before.rustc}, and this is ${now.rustc}`);
  if (before.rows !== rows) throw new Error(`the record is of ${before.rows} rows, and these are ${rows}`);
  const grown = JOBS.filter((job) => growth(job) > MOST_GROWTH);
  if (grown.length > 0) throw new Error(`more than ${MOST_GROWTH * 100} % more instructions than recorded: ${grown.join(', ')}`);
}

await runSteps([
  { name: 'valgrind', run: async () => void (await ensureValgrind()) },
  { name: 'engine', run: build, todo: 'mend what the compiler says above' },
  { name: `${JOBS.join(', ')} under callgrind`, run: count },
  { name: 'the record', run: compare, todo: 'make it quick again, or record what it is now: npm --prefix pkg run test:instructions -- --record' },
]);
