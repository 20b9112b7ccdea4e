import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants } from 'node:zlib';

const dist = new URL('../../pkg/dist/', import.meta.url);

/** How many bytes travel: brotli 11, as a server that compresses ahead would send it. */
export function compressed(bytes) {
  const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length };
  return brotliCompressSync(bytes, { params }).length;
}

/** The files that a page loads for a module: `{ file, raw, brotli }` of the module and of its glue. */
export function moduleSizes(name) {
  return [`${name}.wasm`, `${name}.js`].map((file) => {
    const bytes = readFileSync(new URL(file, dist));
    return { file, raw: bytes.length, brotli: compressed(bytes) };
  });
}

/** The JavaScript of these subpaths as a bundler makes it for a page: `{ text, raw, brotli }`. */
export function bundled(names) {
  return bundle(names.map((name) => `export * as ${name} from './${name}.js';`).join('\n'));
}

/** The same of a module in pkg/ with these contents. */
export async function bundle(contents) {
  const { build } = createRequire(new URL('../package.json', dist))('esbuild');
  const stdin = { contents, resolveDir: fileURLToPath(new URL('..', dist)) };
  const { outputFiles } = await build({ stdin, bundle: true, minify: true, format: 'esm', target: 'es2022', write: false });
  const [{ contents: bytes, text }] = outputFiles;
  return { text, raw: bytes.length, brotli: compressed(bytes) };
}
