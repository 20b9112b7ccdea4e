import { mkdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { ensureCargoTool } from '../cargo-tool.mjs';
import { ensureLlvmTools } from '../llvm.mjs';
import { root, target } from '../paths.mjs';
import { run } from '../run.mjs';
import { printTable } from '../table.mjs';

const LEAST_PERCENT = 95;
// What runs in WebAssembly alone, and what runs in the build alone.
const NOT_NATIVE = String.raw`(^|/)src/(wasm|build)/|(^|/)src/build\.rs$|(^|/)tests/`;

let llvm;

/** The steps that measure the branches of the Rust core. */
export const rustCoverageSteps = [
  { name: 'cargo-llvm-cov', run: async () => void (await ensureCargoTool('cargo-llvm-cov', '0.9.1')) },
  { name: 'LLVM', run: async () => void (llvm = await ensureLlvmTools()) },
  { name: 'branches of the Rust core', run: measure, todo: 'write the promise that the branches named above keep, or delete them' },
];

async function measure() {
  const folder = join(target, 'coverage');
  mkdirSync(folder, { recursive: true });
  const report = join(folder, 'rust.json');
  // Branches are measured by a compiler that is told to be a nightly one.
  const env = { ...llvm, RUSTC_BOOTSTRAP: '1', CARGO_PROFILE_TEST_DEBUG: '0', CARGO_PROFILE_DEV_DEBUG: '0' };
  const tool = await ensureCargoTool('cargo-llvm-cov', '0.9.1');
  const args = ['llvm-cov', '--locked', '--lib', '--tests', '--branch', '--ignore-filename-regex', NOT_NATIVE];
  await run(tool, [...args, '--json', '--output-path', report], { env, todo: 'cargo test shows the failing tests alone' });
  judge(JSON.parse(readFileSync(report, 'utf8')).data[0]);
}

function judge({ files, totals }) {
  for (const { filename, branches } of files) {
    for (const line of missed(branches)) console.log(`not taken both ways: ${place(filename)}:${line}`);
  }
  const rows = files.map(({ filename, summary }) => [place(filename), ...figures(summary.branches), ...figures(summary.lines)]);
  printTable(['file', 'branches', 'taken', '', 'lines', 'run', ''], [...rows, ['all', ...figures(totals.branches), ...figures(totals.lines)]]);
  if (totals.branches.percent < LEAST_PERCENT) {
    throw new Error(`${totals.branches.percent.toFixed(1)} % of the branches are taken; at least ${LEAST_PERCENT} % must be`);
  }
}

const place = (filename) => relative(root, filename).split(sep).join('/');
const figures = ({ count, covered, percent }) => [String(count), String(covered), `${percent.toFixed(1)} %`];

/** The lines with a branch that no test takes one of both ways: [line, column, end line, end column, taken, not taken, ...]. */
function missed(branches) {
  const places = new Map();
  for (const [line, column, , , taken, passed] of branches) {
    const at = `${line}:${column}`;
    const sums = places.get(at) ?? [0, 0];
    places.set(at, [sums[0] + taken, sums[1] + passed]);
  }
  return [...places].filter(([, sums]) => sums.includes(0)).map(([at]) => at);
}
