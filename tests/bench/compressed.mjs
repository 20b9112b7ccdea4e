import { readFileSync } from 'node:fs';
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
