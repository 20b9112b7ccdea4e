import { copyFileSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { dist, pkg } from './paths.mjs';

const outdir = join(dist, 'node');

/** The entries of servers, in groups that share state: relays and queues know the client of the whole package. */
const GROUPS = [{ index: 'index.node.js', relay: 'relay.js', queue: 'queue.js' }, { phone: 'phone.node.js' }, { csv: 'csv.js' }];

/** The error class is one for all. */
const ERROR = 'error.js';

/**
 * Writes the entries for Node, Deno and Bun into dist/node, with what they share in files of its own. Each file that is
 * loaded costs a fresh process up to a millisecond, and unbundled there are thirty.
 */
export async function bundleForServers() {
  const { build } = await import('esbuild');
  rmSync(outdir, { recursive: true, force: true });
  mkdirSync(outdir, { recursive: true });
  copyFileSync(join(pkg, ERROR), join(outdir, ERROR));
  for (const entries of GROUPS) {
    await build({
      entryPoints: Object.fromEntries(Object.entries(entries).map(([name, file]) => [name, join(pkg, file)])),
      outdir,
      bundle: true,
      splitting: true,
      format: 'esm',
      platform: 'neutral',
      target: 'es2022',
      chunkNames: '[name]-[hash]',
      logLevel: 'error',
      // The CSV library's licence.
      legalComments: 'inline',
      plugins: [{ name: 'one-error-class', setup: ({ onResolve }) => onResolve({ filter: /\/error\.js$/ }, () => ({ path: `./${ERROR}`, external: true })) }],
    });
  }
}
