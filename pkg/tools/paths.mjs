import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = resolve(fileURLToPath(new URL('../..', import.meta.url)));
export const pkg = join(root, 'pkg');
export const dist = join(pkg, 'dist');
export const www = join(root, 'www');
export const tests = join(root, 'tests');
export const target = process.env.CARGO_TARGET_DIR ? resolve(root, process.env.CARGO_TARGET_DIR) : join(root, 'target');
