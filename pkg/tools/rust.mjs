import { existsSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { root, target } from './paths.mjs';
import { read, run } from './run.mjs';

export const TARGET = 'wasm32-unknown-unknown';

const tools = join(target, 'tools');
const channel = /^channel = "(.+)"$/m.exec(readFileSync(join(root, 'rust-toolchain.toml'), 'utf8'))[1];

/** The version of a crate that Cargo.lock fixes. */
export function lockedVersion(crate) {
  const lock = readFileSync(join(root, 'Cargo.lock'), 'utf8');
  const version = lock.split('[[package]]').find((entry) => entry.includes(`\nname = "${crate}"\n`))?.match(/\nversion = "(.+)"/)?.[1];
  if (!version) throw new Error(`Cargo.lock names no crate ${crate}`);
  return version;
}

export async function rustcVersion() {
  const todo = `install rustup, then: rustup toolchain install ${channel}`;
  return (await read('rustc', ['--version'], { todo })).trim();
}

/** The standard library for wasm32; rust-toolchain.toml alone does not bring it where rustup installs nothing by itself. */
export async function ensureWasmTarget() {
  await rustcVersion();
  const folder = (await read('rustc', ['--print', 'target-libdir', '--target', TARGET])).trim();
  if (existsSync(folder)) return;
  await run('rustup', ['target', 'add', TARGET], { todo: `install the ${TARGET} standard library for Rust ${channel}` });
}

/** rustfmt and clippy, which a minimal Rust lacks. */
export async function ensureComponents() {
  await rustcVersion();
  for (const [tool, component] of [['cargo-fmt', 'rustfmt'], ['cargo-clippy', 'clippy']]) {
    const present = await read(tool, ['--version']).then(() => true, () => false);
    if (!present) await run('rustup', ['component', 'add', component], { todo: `install ${component} for Rust ${channel}` });
  }
}

/** The path of the wasm-bindgen tool, of the very version that the crate is locked to: their formats must agree. */
export async function ensureWasmBindgen() {
  const version = lockedVersion('wasm-bindgen');
  const tool = join(tools, 'bin', process.platform === 'win32' ? 'wasm-bindgen.exe' : 'wasm-bindgen');
  const installed = await read(tool, ['--version']).catch(() => '');
  if (installed.trim() === `wasm-bindgen ${version}`) return tool;
  console.log(`installing wasm-bindgen ${version} into target/tools, once: it takes minutes`);
  await run('cargo', ['install', 'wasm-bindgen-cli', '--version', version, '--root', tools, '--force', '--quiet'], {
    todo: 'check that crates.io can be reached and that a C compiler (cc) is installed',
  });
  return tool;
}

/** Builds the crate for wasm32 with these Cargo features and flags of rustc; gives the path of the module as rustc made it. */
export async function buildCrate({ name, features, rustflags = [] }) {
  // A folder for each module: Cargo gives both the same file name and would take one for the other.
  const folder = join(target, 'modules', name);
  const args = ['build', '--lib', '--release', '--target', TARGET, '--target-dir', folder];
  args.push('--no-default-features', '--features', features.join(','));
  await run('cargo', args, { todo: 'mend what the compiler says above', env: { CARGO_ENCODED_RUSTFLAGS: [...flags(), ...rustflags].join('\x1f') } });
  return join(folder, TARGET, 'release', 'outdial.wasm');
}

function flags() {
  // The places of panics travel in the module; this keeps the builder's home out of them.
  const home = process.env.CARGO_HOME ?? join(homedir(), '.cargo');
  const hidden = [[home, 'cargo'], [root, 'outdial']].map(([from, to]) => `--remap-path-prefix=${from}=${to}`);
  // One token is signed per request at most: the small form of SHA-256 is fast enough.
  return [...hidden, '--cfg=sha2_backend_soft="compact"'];
}
