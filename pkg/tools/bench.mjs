import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { differences, isFailure } from '../../tests/bench/compare.mjs';
import { packageSteps } from './package.mjs';
import { root, target, tests } from './paths.mjs';
import { runSteps } from './steps.mjs';
import { printTable } from './table.mjs';

/**
 * Measures, and writes the ratios to peers into target/bench.json. `--check` compares them with those recorded, `--record`
 * records them; with `--last` those of the last run are taken, and nothing is measured.
 */
const OPTIONS = { check: { type: 'boolean' }, record: { type: 'boolean' }, last: { type: 'boolean' } };
const { check, record, last } = parseArgs({ options: OPTIONS }).values;

const folder = join(tests, 'bench');
const measuredFile = join(target, 'bench.json');
const recordedFile = join(folder, 'recorded.json');
const rows = [];

/** Each tests/bench/*.bench.mjs exports `name` and `run() -> [{ what, value, unit, ratio?, note? }]`; `ratio`: how many times better than a peer. */
async function benchSteps() {
  const files = readdirSync(folder).filter((file) => file.endsWith('.bench.mjs')).sort();
  const benches = await Promise.all(files.map((file) => import(pathToFileURL(join(folder, file)))));
  return benches.map(({ name, run }) => ({
    name,
    async run() {
      for (const row of await run()) rows.push({ bench: name, ...row });
    },
  }));
}

function show() {
  printTable(['bench', 'what', 'measured', 'note'], rows.map(({ bench, what, value, unit, note = '' }) => [bench, what, `${value} ${unit}`, note]));
  const ratios = rows.filter(({ ratio }) => ratio !== undefined).map(({ bench, what, ratio }) => [`${bench}: ${what}`, Number(ratio.toPrecision(3))]);
  write(measuredFile, Object.fromEntries(ratios));
}

function write(file, ratios) {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `${JSON.stringify(ratios, undefined, 2)}\n`);
  console.log(`\n${Object.keys(ratios).length} ratios to peers: ${relative(root, file)}`);
}

const read = (file) => JSON.parse(readFileSync(file, 'utf8'));

function compare() {
  const found = differences(read(recordedFile), read(measuredFile));
  const said = (ratio) => String(ratio ?? '');
  if (found.length > 0) printTable(['ratio to a peer', 'recorded', 'measured', ''], found.map(({ row, was, is, verdict }) => [row, said(was), said(is), verdict]));
  const worse = found.filter(isFailure);
  if (worse.length > 0) throw new Error(`${worse.length} ratios fell by more than a quarter, or are missing`);
  console.log('no ratio fell by more than a quarter');
}

// The benches import the built package, so they are loaded only once it is there.
const measured = last || ((await runSteps(packageSteps)) && (await runSteps(await benchSteps())));
if (measured) {
  if (!last) show();
  if (record) write(recordedFile, read(measuredFile));
  const todo = 'make it as quick as it was, or record what is so: npm --prefix pkg run bench -- --record';
  if (check) await runSteps([{ name: 'beside what is recorded', run: compare, todo }]);
}
