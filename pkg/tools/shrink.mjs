import { createHash } from 'node:crypto';
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { STAMP } from '../load.js';
import { withShortNames } from './names.mjs';
import { pkg } from './paths.mjs';
import { read } from './run.mjs';

/**
 * What reports a panic. Nobody can read it (a module has no standard error), and all of it ends in the trap that takes its
 * place.
 */
const PANIC_FUNCTIONS = [
  /\b(?:core|std)(?:\[\w+\])?::panicking::/,
  /\bcore(?:\[\w+\])?::(?:cell::panic_|option::(?:expect|unwrap)_failed|result::unwrap_failed|slice::index::slice_\w+_fail|str::slice_error_fail)/,
  /\balloc(?:\[\w+\])?::(?:alloc::handle_alloc_error|raw_vec::(?:capacity_overflow|handle_error))/,
  /\bstd(?:\[\w+\])?::(?:alloc::rust_oom|thread::local::panic_access_error)/,
  /\b__rustc(?:\[\w+\])?::(?:__rust_start_panic|rust_begin_unwind|rust_panic)/,
  // Only panics are written with the formatting machinery here; what writes numbers and texts has its own few lines.
  /\bcore(?:\[\w+\])?::fmt::|\bas core(?:\[\w+\])?::fmt::|<char>::escape_debug_ext/,
];

/** What panics say, of which nothing is left but the texts. */
const PANIC_TEXTS = [
  /(?:\/rustc\/[0-9a-f]{40}|\/rust\/deps|\bcargo\/registry|\b(?:outdial\/)?src)\/[\w./-]+\.rs/,
  /Once instance has previously been poisoned|one-time initialization may not be performed recursively/,
  /cannot access a Thread Local Storage value during or after destruction: |AccessError/,
  /copy_from_slice: source slice length \(|\) does not match destination slice length \(/,
  // Two digits for each number below a hundred.
  /00010203040506070809(?:[1-9]\d){90}/,
  /null pointer passed to rust|attempted to take ownership of Rust value while it was borrowed|recursive use of an object detected which would lead to unsafe aliasing in rust|closure invoked recursively or after being dropped/,
  /called `(?:Option|Result)::unwrap_throw\(\)` on an? `\w+` value|internal error: entered unreachable code|assertion failed: [\w:.()]+|LazyCell instance has previously been poisoned/,
  /Tried to shrink to a larger capacity|attempt to join into collection with len > usize::MAX/,
  /RefCell already (?:mutably )?borrowed|called `(?:Option|Result)::unwrap\(\)` on an? `\w+` value|capacity overflow/,
];

/**
 * Found by trying: each pays. A function with one caller stays one: alike code in a row is what compresses. Rust's memory
 * begins with the stack, whose far end is no valid address.
 */
const PASSES = ['--always-inline-max-function-size=6', '-Oz', '--converge', '--low-memory-unused', '--one-caller-inline-max-function-size=0', '--flatten', '--rereloop', '-Oz', '--converge'];

/** What wasm-bindgen adds for values that are not numbers. */
const GLUE_ONLY = ['__abort_handler', '__instance_terminated', '__wbindgen_externrefs', '__wbindgen_start'];

const todo = 'npm --prefix pkg ci, then build again';

/**
 * Optimizes a module for size. It needs the names of its functions, and the result has none. A `plain` one needs no glue.
 * Gives the new names of what is `shared` with the glue, by the old ones, and its `build`.
 */
export async function shrinkModule(from, to, { plain }) {
  const trapping = `${from}.trapping`;
  writeFileSync(trapping, await prepared(readFileSync(from), plain));
  const optimizer = join(pkg, 'node_modules', 'binaryen', 'bin', 'wasm-opt');
  // No feature is named here: the optimizer may use those that rustc wrote into the module, and no newer one, so that
  // every engine that takes rustc's output takes ours.
  const options = [...PASSES, '--strip-debug', '--strip-producers', '--strip-target-features'];
  await read(process.execPath, [optimizer, ...options, trapping, '-o', `${to}.part`], { todo });
  const { bytes: shrunk, names } = withShortNames(withoutTexts(readFileSync(`${to}.part`)));
  const { bytes, build } = stamped(shrunk);
  writeFileSync(`${to}.part`, bytes);
  renameSync(`${to}.part`, to);
  return { shared: names, build };
}

/** The texts of panics, which nobody is told any more, as zeros: they take no room in what travels. */
function withoutTexts(bytes) {
  const texts = new RegExp(PANIC_TEXTS.map(({ source }) => source).join('|'), 'g');
  return Buffer.from(bytes.toString('latin1').replace(texts, (text) => '\0'.repeat(text.length)), 'latin1');
}

async function prepared(bytes, plain) {
  const { default: binaryen } = await import('binaryen');
  const module = binaryen.readBinary(bytes);
  let replaced = 0;
  for (let index = 0; index < module.getNumFunctions(); index++) {
    const pointer = module.getFunctionByIndex(index);
    const { name, module: imported } = binaryen.getFunctionInfo(pointer);
    if (imported || !PANIC_FUNCTIONS.some((pattern) => pattern.test(name))) continue;
    binaryen.Function.setBody(pointer, module.unreachable());
    replaced++;
  }
  if (replaced === 0) throw new Error('the module names no function that panics: has wasm-bindgen removed the names?');
  if (plain) GLUE_ONLY.forEach((name) => module.removeExport(name));
  binaryen.setDebugInfo(true);
  return module.emitBinary();
}

/**
 * Minifies the glue that wasm-bindgen wrote and keeps only these exports, and `build`; what it imports of the package stays an
 * import, and what it shares with the module gets its new names.
 */
export async function shrinkGlue(from, to, names, { shared, build: stamp, plain }) {
  const { build } = await import('esbuild');
  const contents = `export { ${['initSync', 'default', ...names].join(', ')} } from './${basename(from)}';\nexport const build = '${stamp}';`;
  await build({
    stdin: { contents, resolveDir: dirname(from) },
    outfile: to,
    bundle: true,
    format: 'esm',
    legalComments: 'none',
    logLevel: 'error',
    minify: true,
    mangleProps: new RegExp(`^(?:${Object.keys(shared).join('|')})$`),
    mangleCache: shared,
    drop: ['console'],
    target: 'es2022',
    plugins: [{ name: 'package-files', setup: ({ onResolve }) => onResolve({ filter: /^\.\.\// }, ({ path }) => ({ path, external: true })) }, ...(plain ? [] : [ownStart])],
  });
}

/**
 * A closure that the module lends is one half of a wait, and every wait ends (pkg/exchange.js), which frees it: what watches
 * for closures that were thrown away would cost two registrations a wait, and the collector's work for them.
 */
function withoutWatch(glue) {
  const watched = glue.match(/CLOSURE_DTORS/g)?.length;
  const unwatched = glue.replace(/^const CLOSURE_DTORS = [^;]*;$|^ *CLOSURE_DTORS\.(?:un)?register\(.*\);$/gm, '');
  if (watched === 3 && !unwatched.includes('CLOSURE_DTORS')) return unwatched;
  throw new Error("wasm-bindgen's glue watches its closures in another way than this build knows");
}

/**
 * pkg/load.js finds, compiles and checks a module, and explains what fails. What wasm-bindgen has for that would only travel.
 */
const START = `
function initSync({ module }) {
  return wasm ?? __wbg_finalize_init(new WebAssembly.Instance(module, __wbg_get_imports()), module);
}
async function init({ module }) {
  const instance = await WebAssembly.instantiate(module, __wbg_get_imports());
  return wasm ?? __wbg_finalize_init(instance, module);
}
export { initSync, init as default };
`;

const ownStart = {
  name: 'own-start',
  setup({ onLoad }) {
    onLoad({ filter: /[\\/]bound[\\/]module\.js$/ }, ({ path }) => {
      const [glue, start] = readFileSync(path, 'utf8').split('async function __wbg_load(');
      if (!start?.includes('export { initSync, __wbg_init as default }')) throw new Error("wasm-bindgen's glue starts its module in another way than this build knows");
      return { contents: `import { TextDecoder, TextEncoder } from '../utf8.js';\n${withoutWatch(glue)}${START}` };
    });
  },
};

/** The same module with a custom section that says which build it is of, and that mark, which the glue has too. */
export function stamped(bytes) {
  const build = createHash('sha256').update(bytes).digest('hex').slice(0, 8);
  const content = [STAMP.length, ...Buffer.from(STAMP + build)];
  return { build, bytes: Buffer.concat([bytes, Buffer.of(0, content.length, ...content)]) };
}
