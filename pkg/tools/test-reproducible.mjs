import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { root } from './paths.mjs';
import { read } from './run.mjs';
import { ensureWasmBindgen } from './rust.mjs';
import { runSteps } from './steps.mjs';
import { printTable } from './table.mjs';

// Of other depth and length, since a path that gets into a module shows so.
const PLACES = ['one', join('a-second-clone', 'in-a-folder-of-a-long-name')];
const FILES = ['dist/outdial.wasm', 'dist/phone.wasm', 'dist/outdial.js', 'dist/papaparse.js'];

let folder;
let bindgen;
const hashes = [];

const STEPS = [
  // Both clones take the very tool, which otherwise each would build first.
  { name: 'wasm-bindgen', run: async () => (bindgen = await ensureWasmBindgen()) },
  ...PLACES.map((place, index) => ({ name: `clean build ${index + 1}`, run: () => buildAt(place) })),
  { name: 'compare', run: compare },
];

async function buildAt(place) {
  folder ??= mkdtempSync(join(tmpdir(), 'outdial-twice-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  const clone = join(folder, place);
  // npm packs files with the modes that they have here.
  process.umask(0o022);
  mkdirSync(clone, { recursive: true });
  await read('git', ['clone', '--quiet', '--no-hardlinks', root, clone]);
  cpSync(bindgen, join(clone, 'target', 'tools', 'bin', basename(bindgen)));
  const env = { CARGO_TARGET_DIR: join(clone, 'target') };
  await read('npm', ['run', 'build'], { cwd: join(clone, 'pkg'), env });
  const [{ filename }] = JSON.parse(await read('npm', ['pack', '--ignore-scripts', '--json'], { cwd: join(clone, 'pkg') }));
  hashes.push(Object.fromEntries([...FILES, filename].map((file) => [file, sha256(join(clone, 'pkg', file))])));
}

const sha256 = (path) => createHash('sha256').update(readFileSync(path)).digest('hex');

async function compare() {
  const changed = (await read('git', ['status', '--porcelain'])).trim();
  if (changed) console.log('what is not committed is in neither build');
  const [one, other] = hashes;
  printTable(['file', 'SHA-256'], Object.entries(one));
  const unlike = Object.keys(one).filter((file) => one[file] !== other[file]);
  if (unlike.length > 0) throw new Error(unlike.map((file) => `${file} differs: ${one[file]} and ${other[file]}`).join('\n'));
}

await runSteps(STEPS);
