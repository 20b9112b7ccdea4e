import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fingerprint, isStamped, writeStamp } from './fingerprint.mjs';
import { dist, pkg, root, target } from './paths.mjs';
import { buildCrate, ensureWasmBindgen, ensureWasmTarget, lockedVersion, rustcVersion } from './rust.mjs';
import { read, run } from './run.mjs';

/** Every module of the package: the same crate with these Cargo features, as dist/<name>.wasm, .js and its inline form. */
export const MODULES = [{ name: 'outdial', features: [], inline: 'inline.js' }];

const SOURCES = ['src', 'Cargo.toml', 'Cargo.lock', 'rust-toolchain.toml', '.cargo', 'pkg/package-lock.json', 'pkg/tools/rust.mjs', 'pkg/tools/wasm.mjs'];

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
  return built;
}

function filesOf({ name, inline }) {
  return [`${name}.wasm`, `${name}.js`, inline].map((file) => join(dist, file));
}

async function buildModule(module) {
  await ensureWasmTarget();
  const bindgen = await ensureWasmBindgen();
  const made = await buildCrate(module);
  const [wasm, glue, inline] = filesOf(module);
  mkdirSync(dist, { recursive: true });
  await bind(bindgen, made, module.name);
  const bound = join(dist, `${module.name}_bg.wasm`);
  await shrink(bound, wasm);
  rmSync(bound);
  writeFileSync(inline, inlined(readFileSync(wasm)));
  if (!existsSync(glue)) throw new Error(`wasm-bindgen wrote no ${glue}`);
}

function bind(bindgen, wasm, name) {
  const args = ['--target', 'web', '--omit-default-module-path', '--no-typescript', '--remove-name-section', '--remove-producers-section'];
  return run(bindgen, [...args, '--out-dir', dist, '--out-name', name, wasm], {
    todo: `if it speaks of versions, remove target/tools: it must be wasm-bindgen ${lockedVersion('wasm-bindgen')}`,
  });
}

async function shrink(from, to) {
  const optimizer = join(pkg, 'node_modules', 'binaryen', 'bin', 'wasm-opt');
  const todo = 'npm --prefix pkg ci, then build again';
  // No feature is named here: the optimizer may use those that rustc wrote into the module, and no newer one, so that
  // every engine that takes rustc's output takes ours.
  await read(process.execPath, [optimizer, '-Oz', '--strip-target-features', from, '-o', `${to}.part`], { todo });
  renameSync(`${to}.part`, to);
}

/** A JavaScript module that carries the bytes, for runtimes and bundlers that lose an asset beside the code. */
function inlined(bytes) {
  return `const text = atob('${bytes.toString('base64')}');
export const bytes = new Uint8Array(text.length);
for (let index = 0; index < text.length; index++) bytes[index] = text.charCodeAt(index);
`;
}
