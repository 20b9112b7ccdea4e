import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { packageSteps } from './package.mjs';
import { tests } from './paths.mjs';
import { runSteps } from './steps.mjs';
import { printTable } from './table.mjs';

const folder = join(tests, 'bench');
const rows = [];

/** Each tests/bench/*.bench.mjs exports `name` and `run() -> [{ what, value, unit, note? }]`. */
async function benchSteps() {
  const files = readdirSync(folder).filter((file) => file.endsWith('.bench.mjs')).sort();
  const benches = await Promise.all(files.map((file) => import(pathToFileURL(join(folder, file)))));
  return benches.map(({ name, run }) => ({
    name,
    async run() {
      for (const row of await run()) rows.push([name, row.what, `${row.value} ${row.unit}`, row.note ?? '']);
    },
  }));
}

// The benches import the built package, so they are loaded only once it is there.
if ((await runSteps(packageSteps)) && (await runSteps(await benchSteps()))) printTable(['bench', 'what', 'measured', 'note'], rows);
