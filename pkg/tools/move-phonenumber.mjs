import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { gunzipSync, gzipSync } from 'node:zlib';
import { writeThirdParty } from './licences.mjs';
import { ensurePackages } from './npm.mjs';
import { root } from './paths.mjs';
import { read } from './run.mjs';
import { lockedVersion } from './rust.mjs';
import { runSteps } from './steps.mjs';

/** Moves the numbering plan to the newest release of the crate `phonenumber`, or `--to` another one, with all that is made of it. */
const { to } = parseArgs({ options: { to: { type: 'string' } } }).values;

const MANIFESTS = ['Cargo.toml', 'tests/fuzz/Cargo.toml'];

// What says which version it is of.
const NAMING = [
  'tests/cases/phone.cases.mjs',
  'tests/phone_corpus.rs',
  'tests/fixtures/phone/README.md',
  'tests/fixtures/phone/make_corpus.py',
  'tests/fixtures/zones/make_zones.py',
];

// By the programs beside them, as tests/fixtures/phone/README.md and tests/fixtures/zones/make_zones.py say.
const FIXTURES = [
  ['tests/fixtures/phone/corpus.tsv.gz', ['phone/make_corpus.py', '--seed', '1', '--rows', '60000']],
  ['tests/fixtures/phone/typing.tsv.gz', ['phone/make_typing.py', '--seed', '1', '--rows', '3000', 'typing']],
  ['tests/fixtures/phone/find.jsonl.gz', ['phone/make_typing.py', '--seed', '1', '--rows', '3000', 'find']],
  ['tests/fixtures/zones/sample.tsv.gz', ['zones/make_zones.py', 'sample', '--seed', '1', '--rows', '6000']],
  ['pkg/zones/data.js', ['zones/make_zones.py', 'data']],
];

const at = (path) => join(root, path);
const edit = (path, change) => writeFileSync(at(path), change(readFileSync(at(path), 'utf8')));
const partsOf = (version) => version.split('+');

/** Outside of this repository, where Cargo would speak of the version that is locked. */
async function newest() {
  const said = await read('cargo', ['info', 'phonenumber'], { cwd: tmpdir(), todo: 'check that crates.io can be reached' });
  const version = /^version: (\d+\.\d+\.\d+)/m.exec(said)?.[1];
  if (!version) throw new Error(`cargo info names no version:\n${said}`);
  return version;
}

async function moveCrate(version) {
  edit('Cargo.toml', (text) => text.replaceAll(/^phonenumber = "=.*"$/gm, `phonenumber = "=${version}"`));
  for (const manifest of MANIFESTS) await read('cargo', ['update', '--manifest-path', manifest, '--package', 'phonenumber']);
}

function renameIn(from, moved) {
  const pairs = [[from, moved], ...partsOf(from).map((part, index) => [part, partsOf(moved)[index]])];
  for (const path of NAMING) edit(path, (text) => pairs.reduce((all, [old, fresh]) => all.replaceAll(old, fresh), text));
}

async function remake() {
  const { ensureOracle, python } = await import('../../tests/differential/batches.mjs');
  await ensureOracle();
  for (const [path, [program, ...args]] of FIXTURES) {
    const text = await read('python3', [at(`tests/fixtures/${program}`), ...args], { env: { PYTHONPATH: python, PYTHONIOENCODING: 'utf-8' } });
    if (path.endsWith('.gz') && text === unzipped(path)) continue;
    writeFileSync(at(path), path.endsWith('.gz') ? gzipSync(text, { level: 9 }) : text);
    console.log(`made ${path}`);
  }
}

const unzipped = (path) => gunzipSync(readFileSync(at(path))).toString();

const from = lockedVersion('phonenumber');
let version;

const FIND = [{ name: 'newest release', run: async () => (version = to ?? (await newest())) }];

const MOVE = [
  { name: 'npm packages', run: ensurePackages },
  { name: 'crate', run: () => moveCrate(version) },
  { name: 'names', run: () => renameIn(from, lockedVersion('phonenumber')) },
  { name: 'fixtures', run: remake, todo: 'check that PyPI has phonenumbers of the version of the metadata, which may come later than the crate' },
  { name: 'licences', run: writeThirdParty },
];

if (await runSteps(FIND)) {
  if (version === partsOf(from)[0]) console.log(`phonenumber ${from} is the newest release: nothing to do`);
  else if (await runSteps(MOVE)) {
    const moved = lockedVersion('phonenumber');
    console.log(`moved from phonenumber ${from} to ${moved}`);
    if (process.env.GITHUB_OUTPUT) appendFileSync(process.env.GITHUB_OUTPUT, `version=${moved}\n`);
  }
}
