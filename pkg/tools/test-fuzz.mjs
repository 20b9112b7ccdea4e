import { cpSync, mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { ensureCargoTool } from './cargo-tool.mjs';
import { target, tests } from './paths.mjs';
import { read, run } from './run.mjs';
import { runSteps } from './steps.mjs';

const AT_ONCE = 2;
/** As many inputs of each target as stay in the repository. The longest reach most. */
const MOST_KEPT = 200;

const fuzz = join(tests, 'fuzz');
const work = join(target, 'fuzz');
const all = readdirSync(join(fuzz, 'fuzz_targets')).map((file) => file.replace('.rs', '')).sort();

const OPTIONS = {
  minutes: { type: 'string', default: '1' },
  targets: { type: 'string', default: all.join() },
  // Puts the smallest set of inputs that reaches all that was reached into the repository, for `cargo test` to check.
  collect: { type: 'boolean', default: false },
};
const { minutes, targets, collect } = parseArgs({ options: OPTIONS }).values;

const kept = (name) => join(fuzz, 'corpus', name);
const found = (name) => join(work, 'corpus', name);

/** cargo-fuzz without a sanitizer: those ask for a nightly compiler, and the crate has no unsafe code. */
async function cargoFuzz(command, args, how = run) {
  const tool = await ensureCargoTool('cargo-fuzz', '0.13.2');
  const own = ['fuzz', command, '--fuzz-dir', fuzz, '--sanitizer', 'none', '--target-dir', work];
  return how(tool, [...own, ...args], { env: { RUSTC_BOOTSTRAP: '1' }, todo: 'the input is in tests/fuzz/artifacts; give it a test, and mend what it shows' });
}

async function fuzzAll() {
  const open = targets.split(',');
  const unknown = open.filter((name) => !all.includes(name));
  if (unknown.length > 0) throw new Error(`no target is named ${unknown.join(', ')}: there are ${all.join(', ')}`);
  const work = async () => {
    for (let name = open.shift(); name !== undefined; name = open.shift()) await fuzzOne(name);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
}

async function fuzzOne(name) {
  mkdirSync(found(name), { recursive: true });
  const limits = [`-max_total_time=${Math.round(minutes * 60)}`, '-timeout=60', '-print_final_stats=1', '-verbosity=0'];
  await cargoFuzz('run', [name, found(name), kept(name), '--', ...limits], read);
  console.log(`${name}: ${minutes} minutes, ${readdirSync(found(name)).length} inputs found, nothing broken`);
  if (collect) await collectOne(name);
}

async function collectOne(name) {
  const smallest = join(work, 'smallest', name);
  rmSync(smallest, { recursive: true, force: true });
  mkdirSync(smallest, { recursive: true });
  await cargoFuzz('run', [name, smallest, kept(name), found(name), '--', '-set_cover_merge=1', '-use_counters=0'], read);
  rmSync(kept(name), { recursive: true, force: true });
  mkdirSync(kept(name), { recursive: true });
  const files = readdirSync(smallest).map((file) => ({ file, bytes: statSync(join(smallest, file)).size }));
  const longest = files.sort((one, other) => other.bytes - one.bytes).slice(0, MOST_KEPT);
  for (const { file } of longest) cpSync(join(smallest, file), join(kept(name), file));
  console.log(`${name}: ${files.length} inputs reach all of it, ${longest.length} of them are kept`);
}

await runSteps([
  { name: 'cargo-fuzz', run: async () => void (await ensureCargoTool('cargo-fuzz', '0.13.2')) },
  { name: 'fuzzers', run: () => cargoFuzz('build', []), todo: 'mend what the compiler says above' },
  { name: `${minutes} minutes for each of ${targets.replaceAll(',', ', ')}`, run: fuzzAll },
]);
