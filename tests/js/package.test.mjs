import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, posix, relative } from 'node:path';
import test from 'node:test';
import { read } from '../../pkg/tools/run.mjs';
import { openPlace } from '../packaging/place.mjs';
import { packTarball } from './support/consumers.mjs';

const MOST_BYTES = 600_000;
const CONDITIONS = ['types', 'workerd', 'edge-light', 'deno', 'bun', 'node', 'browser', 'default'];

// What no code reaches, and a person does.
const FOR_PEOPLE = ['LICENSE', 'README.md', 'CHANGELOG.md', 'THIRD-PARTY.md', 'package.json', 'sandbox/README.md'];

const place = await openPlace('package');
const installed = join(place.folder, 'node_modules', 'outdial');
const manifest = JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8'));
const subpaths = Object.entries(manifest.exports);
const files = filesUnder(installed).map((path) => relative(installed, path).replaceAll('\\', '/'));

function filesUnder(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => (entry.isDirectory() ? filesUnder(join(folder, entry.name)) : [join(folder, entry.name)]));
}

const targetsOf = (target) => (typeof target === 'string' ? [target] : Object.values(target).flatMap(targetsOf));
const textOf = (file) => readFileSync(join(installed, file), 'utf8');

test(`what npm packs has at most ${MOST_BYTES} bytes, needs no other package and runs nothing when it is installed`, async () => {
  const { size } = statSync(await packTarball());
  assert.ok(size <= MOST_BYTES, `${size} bytes`);
  for (const field of ['dependencies', 'peerDependencies', 'optionalDependencies', 'bundleDependencies']) assert.equal(manifest[field], undefined, field);
  for (const script of ['preinstall', 'install', 'postinstall', 'prepare']) assert.equal(manifest.scripts[script], undefined, script);
});

test('each subpath names its types first and what it has for a runtime in one order, in files that are there', () => {
  for (const [subpath, target] of subpaths) {
    for (const file of targetsOf(target)) assert.ok(existsSync(join(installed, file)), `${subpath}: ${file}`);
    if (typeof target === 'string') continue;
    const names = Object.keys(target);
    assert.deepEqual(names, CONDITIONS.filter((name) => names.includes(name)), subpath);
    assert.deepEqual([names[0], names.at(-1)], ['types', 'default'], subpath);
    assert.ok([2, CONDITIONS.length].includes(names.length), `${subpath} knows some runtimes and not others`);
  }
});

test('whatever the runtime, a relay and a queue come from the same half as the client that they must know', () => {
  const halfOf = (target, condition) => (target[condition].startsWith('./dist/node/') ? 'bundled' : 'apart');
  for (const condition of CONDITIONS.slice(1)) {
    const halves = ['.', './inline', './relay', './queue'].map((subpath) => halfOf(manifest.exports[subpath], condition));
    assert.equal(new Set(halves).size, 1, `${condition}: ${halves}`);
  }
});

test('npm packs what can be reached from an entry, and nothing else', () => {
  const reached = new Set(FOR_PEOPLE);
  const entries = [...subpaths.flatMap(([, target]) => targetsOf(target)), ...Object.values(manifest.bin)];
  entries.forEach((entry) => reach(posix.normalize(entry), reached));
  assert.deepEqual(files.filter((file) => !reached.has(file)), [], 'packed for nobody');
  assert.deepEqual([...reached].filter((file) => !files.includes(file)), [], 'not packed');
});

function reach(file, reached) {
  if (reached.has(file)) return;
  reached.add(file);
  if (!/\.js$|\.d\.ts$/.test(file)) return;
  const names = textOf(file).matchAll(/(?:\bfrom|\bimport|\bnew URL)\s*\(?\s*(['"])(\.{1,2}\/[^'"?]+)/g);
  for (const [, , name] of names) {
    const path = posix.join(posix.dirname(file), name);
    reach(file.endsWith('.d.ts') ? path.replace(/(?<!\.d)\.[jt]s$/, '.d.ts') : path, reached);
  }
}

test('sideEffects lists the programs, the element and the files that say how the module is found, and no others', () => {
  const effective = files.filter((file) => file.endsWith('.js') && /^#!|^setLoader\d*\(|^\S.*\bcustomElements\.define\(/m.test(textOf(file)));
  assert.deepEqual(manifest.sideEffects.map(posix.normalize).sort(), effective.sort());
});

test('Node takes every subpath by import and by require', async () => {
  const names = subpaths.filter(([, target]) => targetsOf(target).every((file) => !file.endsWith('.wasm'))).map(([subpath]) => posix.join('outdial', subpath));
  const script = `
    const { createRequire } = await import('node:module');
    const require = createRequire(import.meta.url);
    for (const name of ${JSON.stringify(names)}) {
      const given = name.endsWith('.json') ? { with: { type: 'json' } } : {};
      const [imported, required] = [await import(name, given), require(name)];
      const same = name.endsWith('.json') ? imported.default.version === required.version : Object.keys(imported).every((key) => imported[key] === required[key]);
      if (!same) throw new Error(name + ' is there twice');
    }
    console.log(require.resolve('outdial/outdial.wasm'), require.resolve('outdial/phone.wasm'), require('outdial/phone').toE164('415 555 2671', { region: 'US' }));`;
  const said = await read(process.execPath, ['--no-warnings', '--input-type=module', '--eval', script], { cwd: place.folder });
  assert.match(said, /dist\/outdial\.wasm .*dist\/phone\.wasm \+14155552671\n$/);
});

test('what outdial/inline exports is what outdial exports', async () => {
  const names = async (entry) => Object.keys(await import(join(installed, entry))).sort();
  assert.deepEqual(await names('index.node.js'), await names('index.js'));
  assert.deepEqual(await names('dist/node/index.js'), await names('index.js'));
  for (const entry of ['index.js', 'phone.js']) {
    const [pages, ...others] = [entry, ...['workerd', 'edge'].map((runtime) => entry.replace('.js', `.${runtime}.js`))].map((file) => textOf(file).match(/^export .*/gm));
    for (const other of others) assert.deepEqual(other, pages);
  }
});
