import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { ensureCargoTool } from './cargo-tool.mjs';
import { target, tests } from './paths.mjs';
import { CommandError, run } from './run.mjs';
import { runSteps } from './steps.mjs';

const LEAST_PERCENT = 90;
const FILES = ['src/policy.rs', 'src/retry.rs', 'src/providers/*.rs'];
/** What decides about them, without the engine of phone numbers, whose tests are slow and know nothing of them. */
const SUITES = ['--lib', '--test=client_loop', '--test=core_promises', '--test=fuzz_corpora'];

const work = join(target, 'mutants');
const OPTIONS = { files: { type: 'string', default: FILES.join() }, shard: { type: 'string' } };
const { files, shard } = parseArgs({ options: OPTIONS }).values;

/** Survivors that are no gap in the tests: a line each, `file: what was changed`, behind its reason. */
const explained = readFileSync(join(tests, 'mutants.txt'), 'utf8').split('\n').filter((line) => line && !line.startsWith('#'));

async function mutate() {
  const tool = await ensureCargoTool('cargo-mutants', '27.1.0');
  const args = ['mutants', '--no-config', '--jobs', '2', '--output', work, '--timeout', '120', '--colors', 'never'];
  for (const file of files.split(',')) args.push('--file', file);
  for (const suite of SUITES) args.push(`--cargo-arg=${suite}`);
  if (shard) args.push('--shard', shard);
  // It ends with 2 where some survived, and with 3 where one ran out of time.
  await run(tool, [...args, '--', '--', '--skip', 'phone::', '--skip', 'as_you_type', '--skip', 'extension', '--skip', 'find', '--skip', 'parse'], {
    env: { CARGO_PROFILE_DEV_DEBUG: '0', CARGO_PROFILE_TEST_DEBUG: '0' },
  }).catch((error) => {
    if (!(error instanceof CommandError && /exited with [23]$/.test(error.ending))) throw error;
  });
}

function judge() {
  const { outcomes } = JSON.parse(readFileSync(join(work, 'mutants.out', 'outcomes.json'), 'utf8'));
  const named = (...summaries) => outcomes.filter(({ summary }) => summaries.includes(summary)).map(({ scenario }) => scenario.Mutant);
  const caught = named('CaughtMutant', 'Timeout').length;
  const missed = named('MissedMutant').map((mutant) => mutant.name.replace(/:\d+:\d+/, '').replaceAll('\\', '/'));
  const open = missed.filter((name) => !explained.includes(name));
  for (const name of open) console.log(`survives: ${name}`);
  const percent = (caught / (caught + missed.length)) * 100;
  console.log(`${caught} of ${caught + missed.length} mutants are caught (${percent.toFixed(1)} %), ${missed.length - open.length} survivors are explained`);
  if (percent < LEAST_PERCENT) throw new Error(`${percent.toFixed(1)} % of the mutants are caught; at least ${LEAST_PERCENT} % must be`);
  if (open.length > 0) throw new Error(`${open.length} survivors have neither a test nor a reason in tests/mutants.txt`);
}

await runSteps([
  { name: 'cargo-mutants', run: async () => void (await ensureCargoTool('cargo-mutants', '27.1.0')) },
  { name: `mutants of ${files.replaceAll(',', ', ')}`, run: mutate, todo: 'cargo test shows what fails without any mutant' },
  { name: 'survivors', run: judge, todo: 'write the promise that each survivor breaks, or its reason into tests/mutants.txt' },
]);
