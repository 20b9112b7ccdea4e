import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { ensureCargoTool } from './cargo-tool.mjs';
import { checkThirdParty } from './licences.mjs';
import { ensurePackages } from './npm.mjs';
import { root } from './paths.mjs';
import { read } from './run.mjs';
import { writeBill } from './sbom.mjs';
import { runSteps } from './steps.mjs';

// Elsewhere than in a workflow a database of advisories may be out of reach, which is said and is no failure.
const { reach } = parseArgs({ options: { reach: { type: 'boolean', default: false } } }).values;

const CARGO_DENY = '0.20.2';
const MANIFESTS = ['Cargo.toml', 'tests/fuzz/Cargo.toml'];
// What is installed here runs on the machines of builders alone: the package itself has no dependency.
const LEVEL = 'high';

const STEPS = [
  { name: 'npm packages', run: ensurePackages },
  { name: 'cargo-deny', run: () => ensureCargoTool('cargo-deny', CARGO_DENY) },
  { name: 'licences, bans and sources of crates', run: () => deny('licenses', 'bans', 'sources'), todo: 'mend what is said above, or say in pkg/tools/deny.toml why it may be' },
  { name: 'licences listed in the package', run: checkThirdParty },
  { name: 'bill of materials', run: async () => console.log(`${await writeBill()} components, in target/sbom.cdx.json`) },
  { name: 'advisories of crates', run: () => deny('advisories').catch(unlessOutOfReach(/failed to (?:fetch|open) advisory database/)) },
  { name: 'advisories of npm packages', run: audits },
];

async function deny(...checks) {
  const tool = await ensureCargoTool('cargo-deny', CARGO_DENY);
  for (const manifest of MANIFESTS) {
    await read(tool, ['--manifest-path', manifest, '--locked', '--config', 'pkg/tools/deny.toml', 'check', '-D', 'warnings', ...checks]);
    console.log(`${manifest}: ${checks.join(', ')} ok`);
  }
}

async function audits() {
  const locks = (await read('git', ['ls-files', '*package-lock.json'])).trim().split('\n');
  for (const lock of locks) {
    const { packages } = JSON.parse(readFileSync(join(root, lock), 'utf8'));
    const args = ['audit', '--package-lock-only', '--loglevel=error', `--audit-level=${LEVEL}`];
    const said = await read('npm', args, { cwd: join(root, dirname(lock)) }).catch(unlessOutOfReach(/audit endpoint returned an error|ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ETIMEDOUT/));
    if (said === undefined) return;
    console.log(`${lock}: nothing of level ${LEVEL} in ${Object.keys(packages).length - 1} packages`);
  }
}

function unlessOutOfReach(words) {
  return (error) => {
    if (reach || !words.test(error.message)) throw error;
    console.log(`not checked: the database of advisories is out of reach here (${words.exec(error.message)[0]}); .github/workflows/slow.yml checks each night`);
  };
}

await runSteps(STEPS);
