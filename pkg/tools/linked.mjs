import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pkg } from './paths.mjs';
import { read } from './run.mjs';
import { lockedVersion, TARGET } from './rust.mjs';
import { MODULES } from './wasm.mjs';

const byName = (one, other) => (one.name < other.name ? -1 : 1);

/** The crates that the modules link, macros and build scripts apart: `{ name, version, licence, description, folder, modules }`. */
export async function linkedCrates() {
  const crates = new Map();
  const known = await knownCrates();
  for (const { name: module, features } of MODULES) {
    for (const id of await treeOf(features)) {
      const crate = crates.get(id) ?? { ...known.get(id), modules: [] };
      if (!crate.modules.includes(module)) crate.modules.push(module);
      crates.set(id, crate);
    }
  }
  return [...crates.values()].sort(byName);
}

const LOCKED = ['--locked', '--format-version', '1', '--filter-platform', TARGET];

async function knownCrates() {
  const { packages } = JSON.parse(await read('cargo', ['metadata', ...LOCKED]));
  return new Map(packages.map(({ name, version, license, description, manifest_path: manifest }) => {
    return [`${name} v${version}`, { name, version, licence: license.replace(/\s*\/\s*/g, ' OR '), description, folder: join(manifest, '..') }];
  }));
}

async function treeOf(features) {
  const args = ['tree', '--locked', '--target', TARGET, '--edges', 'normal,no-proc-macro', '--prefix', 'none', '--format', '{p}'];
  const lines = (await read('cargo', [...args, '--no-default-features', '--features', features.join(',')])).split('\n');
  const ids = lines.map((line) => /^(\S+ v\S+)/.exec(line)?.[1]).filter(Boolean);
  // The first is this package itself.
  return new Set(ids.slice(1).filter((id) => id !== ids[0]));
}

/** What else is in the package: bundled JavaScript and data. */
export function bundledParts() {
  const folder = join(pkg, 'node_modules', 'papaparse');
  const { version, license, description } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  return [{ name: 'papaparse', version, licence: license, description, folder, file: 'dist/papaparse.js' }];
}

/** The version of libphonenumber whose numbering plan and time zones are in the package. */
export const metadataVersion = () => lockedVersion('phonenumber').split('+')[1];
