import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageSteps } from '../package.mjs';
import { root, target, tests } from '../paths.mjs';
import { run } from '../run.mjs';
import { printTable } from '../table.mjs';

const LEAST_PERCENT = 95;
// What only a page or a worker runs: tests/browser and test:packaging do.
const ELSEWHERE = /^pkg\/(?:element\/|(?:index|phone|element)\.(?:edge\.|workerd\.|server\.)?js$)/;
const NOT_SHIPPED = /^pkg\/(?:dist|tools|node_modules)\//;

/** The steps that measure the branches of the package's JavaScript, by Node's own means. */
export const jsCoverageSteps = [
  ...packageSteps,
  { name: "branches of the package's JavaScript", run: measure, todo: 'write the promise that the branches named above keep, or delete them' },
];

async function measure() {
  const folder = join(target, 'coverage');
  mkdirSync(folder, { recursive: true });
  const report = join(folder, 'js.lcov');
  const files = readdirSync(join(tests, 'js')).filter((name) => name.endsWith('.test.mjs')).map((name) => `tests/js/${name}`);
  const reporters = ['--test-reporter=lcov', `--test-reporter-destination=${report}`, '--test-reporter=dot', '--test-reporter-destination=stdout'];
  await run(process.execPath, ['--test', '--experimental-test-coverage', ...reporters, ...files], { cwd: root, todo: 'npm test shows the failing tests alone' });
  judge(parse(readFileSync(report, 'utf8')));
}

/** The files of a report in lcov's format, each with its branches `{ line, taken }`. */
export function parse(lcov) {
  return lcov.split('end_of_record').flatMap((record) => {
    const [, file] = /^SF:(.+)$/m.exec(record) ?? [];
    if (!file) return [];
    const branches = [...record.matchAll(/^BRDA:(\d+),\d+,\d+,(\S+)$/gm)].map(([, line, count]) => ({ line, taken: count !== '-' && count !== '0' }));
    return [{ file, branches }];
  });
}

function judge(report) {
  const shipped = report.filter(({ file }) => file.startsWith('pkg/') && !NOT_SHIPPED.test(file) && !ELSEWHERE.test(file));
  const rows = [];
  const sum = { count: 0, taken: 0 };
  for (const { file, branches } of shipped) {
    const missed = branches.filter(({ taken }) => !taken);
    for (const { line } of missed) console.log(`not taken: ${file}:${line}`);
    rows.push(row(file, branches.length, branches.length - missed.length));
    sum.count += branches.length;
    sum.taken += branches.length - missed.length;
  }
  printTable(['file', 'branches', 'taken', ''], [...rows, row('all', sum.count, sum.taken)]);
  const percent = (sum.taken / sum.count) * 100;
  if (percent < LEAST_PERCENT) throw new Error(`${percent.toFixed(1)} % of the branches are taken; at least ${LEAST_PERCENT} % must be`);
}

const row = (file, count, taken) => [file, String(count), String(taken), `${((taken / Math.max(count, 1)) * 100).toFixed(1)} %`];
