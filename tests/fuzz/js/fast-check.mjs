import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pkg } from '../../../pkg/tools/paths.mjs';

/** fast-check, which lies among the package's development packages. */
export const fc = createRequire(join(pkg, 'package.json'))('fast-check');
