import { readFileSync } from 'node:fs';
import { brotliCompressSync, constants } from 'node:zlib';
import { MODULES } from '../../pkg/tools/wasm.mjs';

export const name = 'size';

const dist = new URL('../../pkg/dist/', import.meta.url);

/** What a page loads for each module: brotli 11, as a server that compresses ahead would send it. */
export function run() {
  return MODULES.flatMap((module) => {
    const sizes = [`${module.name}.wasm`, `${module.name}.js`].map((file) => ({ file, ...sizeOf(file) }));
    const sum = sizes.reduce((total, { brotli }) => total + brotli, 0);
    const rows = sizes.map(({ file, raw, brotli }) => ({ what: file, value: brotli, unit: 'B', note: `brotli 11; raw ${raw} B` }));
    return [...rows, { what: `${module.name}: module and glue`, value: (sum / 1000).toFixed(1), unit: 'kB', note: 'brotli 11' }];
  });
}

function sizeOf(file) {
  const bytes = readFileSync(new URL(file, dist));
  const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length };
  return { raw: bytes.length, brotli: brotliCompressSync(bytes, { params }).length };
}
