import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fingerprint, isStamped, writeStamp } from './fingerprint.mjs';
import { dist, pkg, root, target } from './paths.mjs';
import { buildCrate, ensureWasmBindgen, ensureWasmTarget, lockedVersion, rustcVersion } from './rust.mjs';
import { run } from './run.mjs';
import { shrinkGlue, shrinkModule } from './shrink.mjs';

/** How readily a function is inlined. Found by trying: each module is smallest and quickest near its own. */
const inlining = (threshold) => [`-Cllvm-args=--inline-threshold=${threshold}`];

/**
 * Every module of the package: the same crate with these Cargo features, as dist/<name>.wasm, its inline form, and its glue:
 * what wasm-bindgen writes, with these exports. A module of plain numbers needs none of it.
 */
export const MODULES = [
  { name: 'outdial', features: ['client'], rustflags: inlining(10), inline: 'inline.js', glue: ['Client', 'checkPolicy', 'validate'] },
  { name: 'phone', features: [], rustflags: inlining(40), inline: 'phone.inline.js' },
];

const TOOLS = ['names.mjs', 'plain-glue.js', 'rust.mjs', 'shrink.mjs', 'wasm.mjs'].map((name) => `pkg/tools/${name}`);
const SOURCES = ['src', 'Cargo.toml', 'Cargo.lock', 'rust-toolchain.toml', '.cargo', 'pkg/package-lock.json', ...TOOLS];

/** Builds what changed; gives the names of the modules built. */
export async function buildModules(modules = MODULES) {
  const inputs = fingerprint(SOURCES.map((path) => join(root, path)), [await rustcVersion()]);
  const built = [];
  for (const module of modules) {
    const stamp = join(target, 'modules', `${module.name}.stamp`);
    const mark = () => `${inputs}\n${module.features}\n${fingerprint(filesOf(module))}`;
    if (isStamped(stamp, mark())) continue;
    await buildModule(module);
    writeStamp(stamp, mark());
    built.push(module.name);
  }
  writeFileSync(join(dist, 'metadata.js'), metadata());
  return built;
}

function filesOf({ name, inline }) {
  return [`${name}.wasm`, `${name}.js`, inline].map((file) => join(dist, file));
}

async function buildModule(module) {
  await ensureWasmTarget();
  const bindgen = await ensureWasmBindgen();
  const bound = join(target, 'modules', module.name, 'bound');
  await bind(bindgen, await buildCrate(module), bound);
  const [wasm, glue, inline] = filesOf(module);
  mkdirSync(dist, { recursive: true });
  const plain = !module.glue;
  const shrunk = await shrinkModule(join(bound, 'module_bg.wasm'), wasm, { plain });
  const source = plain ? join(pkg, 'tools', 'plain-glue.js') : join(bound, 'module.js');
  await shrinkGlue(source, glue, module.glue ?? [], { plain, ...shrunk });
  writeFileSync(inline, inlined(readFileSync(wasm)));
}

function bind(bindgen, wasm, folder) {
  const args = ['--target', 'web', '--omit-default-module-path', '--no-typescript', '--keep-debug', '--out-dir', folder, '--out-name', 'module'];
  rmSync(folder, { recursive: true, force: true });
  return run(bindgen, [...args, wasm], {
    todo: `if it speaks of versions, remove target/tools: it must be wasm-bindgen ${lockedVersion('wasm-bindgen')}`,
  });
}

/** The version of the numbering plan, known before any module is loaded. */
function metadata() {
  return `export const metadataVersion = '${lockedVersion('phonenumber').split('+')[1]}';\n`;
}

/** A JavaScript module that carries the bytes, for runtimes and bundlers that lose an asset beside the code. */
function inlined(bytes) {
  return `const text = '${bytes.toString('base64')}';
export const bytes = () => globalThis.Buffer ? globalThis.Buffer.from(text, 'base64') : Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
`;
}
