import { MODULES } from '../../pkg/tools/wasm.mjs';
import { moduleSizes } from './compressed.mjs';

export const name = 'size';

/** What a page loads for each module. */
export function run() {
  return MODULES.flatMap((module) => {
    const sizes = moduleSizes(module.name);
    const sum = sizes.reduce((total, { brotli }) => total + brotli, 0);
    const rows = sizes.map(({ file, raw, brotli }) => ({ what: file, value: brotli, unit: 'B', note: `brotli 11; raw ${raw} B` }));
    return [...rows, { what: `${module.name}: module and glue`, value: (sum / 1000).toFixed(1), unit: 'kB', note: 'brotli 11' }];
  });
}
