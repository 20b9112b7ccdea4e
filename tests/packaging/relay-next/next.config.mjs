import { env } from 'node:process';

// Two bundlers build it side by side.
export default { distDir: env.DIST_DIR ?? '.next' };
