import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import test from 'node:test';
import { root } from '../../pkg/tools/paths.mjs';
import { faultsOfBill } from '../../pkg/tools/sbom.mjs';

const tracked = spawnSync('git', ['ls-files'], { cwd: root, encoding: 'utf8' }).stdout.trim().split('\n');
const read = (path) => readFileSync(join(root, path), 'utf8');
const named = (name) => tracked.filter((path) => path === name || path.endsWith(`/${name}`));

test('every npm package is of an exact version, locked by its hash, and no lock file holds an address', () => {
  const manifests = named('package.json');
  assert.ok(manifests.length >= 6, `${manifests}`);
  for (const path of manifests) {
    const manifest = JSON.parse(read(path));
    for (const field of ['dependencies', 'devDependencies', 'optionalDependencies', 'overrides']) {
      for (const [name, version] of Object.entries(manifest[field] ?? {})) assert.match(version, /^(?:npm:[@\w/.-]+@)?\d+\.\d+\.\d+(?:-[\w.]+)?$/, `${path}: ${name}`);
    }
    const folder = dirname(path);
    assert.match(read(join(folder, '.npmrc')), /^omit-lockfile-registry-resolved=true$/m, folder);
    const { packages } = JSON.parse(read(join(folder, 'package-lock.json')));
    for (const [place, { resolved, integrity, version }] of Object.entries(packages)) {
      if (place === '') continue;
      assert.equal(resolved, undefined, `${folder}: ${place}`);
      assert.match(integrity ?? '', /^sha512-/, `${folder}: ${place} ${version}`);
    }
  }
});

test('every crate comes from crates.io, by its hash', () => {
  const locks = named('Cargo.lock');
  assert.deepEqual(locks, ['Cargo.lock', 'tests/fuzz/Cargo.lock']);
  for (const path of locks) {
    for (const entry of read(path).split('[[package]]').slice(1)) {
      const name = /name = "(.+)"/.exec(entry)[1];
      if (name.startsWith('outdial')) continue;
      assert.match(entry, /source = "registry\+https:\/\/github\.com\/rust-lang\/crates\.io-index"/, `${path}: ${name}`);
      assert.match(entry, /checksum = "[0-9a-f]{64}"/, `${path}: ${name}`);
    }
  }
});

test('nothing that is installed runs a program of its own then', () => {
  const tools = tracked.filter((path) => /^(?:pkg\/tools|tests)\/.*\.mjs$/.test(path));
  const installing = tools.filter((path) => /'(?:ci|install)', '--/.test(read(path)) && !path.endsWith('.test.mjs'));
  assert.deepEqual(installing.sort(), ['pkg/tools/npm.mjs', 'tests/differential/batches.mjs', 'tests/packaging/place.mjs']);
  assert.match(read('pkg/tools/npm.mjs'), /'ci', '--ignore-scripts'/);
  assert.match(read('tests/differential/batches.mjs'), /'install', [^\n]*'--only-binary=:all:'/);
  // What this one installs is the package itself, which has no scripts.
  assert.match(read('tests/packaging/place.mjs'), /'install', '--offline'.*packTarball/);
});

test('what is linked is listed with its version and the texts that must travel', () => {
  const text = read('pkg/THIRD-PARTY.md');
  const locked = new Map(read('Cargo.lock').split('[[package]]').slice(1).map((entry) => [/name = "(.+)"/.exec(entry)[1], entry]));
  const listed = [...text.matchAll(/^- ([\w-]+) (\d\S*) \((.+?)\)(?:,|$)/gm)].filter(([, name]) => name !== 'papaparse');
  assert.ok(listed.length > 25, `${listed.length} are listed`);
  for (const [, name, version] of listed) assert.ok(locked.get(name)?.includes(`version = "${version}"`), `${name} ${version} is not in Cargo.lock: npm --prefix pkg run licences`);
  const { devDependencies } = JSON.parse(read('pkg/package.json'));
  assert.ok(text.includes(`- papaparse ${devDependencies.papaparse} (MIT)`));
  for (const name of ['papaparse', ...listed.filter(([, , , licence]) => !licence.includes('Apache-2.0')).map(([, own]) => own)]) assert.ok(text.includes(`### ${name}: `), name);
  assert.match(read('LICENSE'), /Apache License\s+Version 2\.0/);
});

test('no file of the package imports another package', () => {
  const own = tracked.filter((path) => /^pkg\/[^/]+\.js$|^pkg\/(?!tools\/)[\w/-]+\.js$/.test(path) && existsSync(join(root, path)));
  assert.ok(own.length > 50);
  for (const path of own) {
    for (const [, , name] of read(path).matchAll(/^\s*(?:import|(?:import|export)\s[^'"]*?\sfrom)\s+(['"])([^'"\n]+)\1;$/gm)) assert.match(name, /^(?:\.{1,2}\/|node:)/, `${path}: ${name}`);
  }
});

test('a bill of materials that lacks what CycloneDX wants is refused', () => {
  const component = { type: 'library', 'bom-ref': 'a', name: 'a', version: '1.0.0', licenses: [{ expression: 'MIT' }], purl: 'pkg:cargo/a@1.0.0' };
  const good = {
    bomFormat: 'CycloneDX',
    specVersion: '1.5',
    version: 1,
    serialNumber: 'urn:uuid:8b7e6494-3839-49dc-9638-a1944fdd8cda',
    metadata: { component: { ...component, 'bom-ref': 'own' } },
    components: [component],
    dependencies: [{ ref: 'own', dependsOn: ['a'] }],
  };
  assert.deepEqual(faultsOfBill(good), []);
  const broken = { bomFormat: 'other', specVersion: '9', version: 0, serialNumber: '1', metadata: { ...good.metadata, timestamp: 'now' }, dependencies: [{ ref: 'own', dependsOn: ['b'] }], components: [component, { ...component, licenses: [] }] };
  for (const [member, value] of Object.entries(broken)) assert.notDeepEqual(faultsOfBill({ ...good, [member]: value }), [], member);
});
