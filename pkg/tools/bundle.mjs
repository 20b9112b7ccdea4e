import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { dist, pkg } from './paths.mjs';

/** The entries of servers that share state: a client of one is known to the others, and so is the error class. */
const ENTRIES = { index: 'index.node.js', phone: 'phone.node.js', relay: 'relay.js', queue: 'queue.js', csv: 'csv.js' };

/**
 * Writes the entries for Node, Deno and Bun into dist/node, with what they share in files of its own. Each file that is
 * loaded costs a fresh process up to a millisecond, and unbundled there are thirty.
 */
export async function bundleForServers() {
  const { build } = await import('esbuild');
  const outdir = join(dist, 'node');
  rmSync(outdir, { recursive: true, force: true });
  await build({
    entryPoints: Object.fromEntries(Object.entries(ENTRIES).map(([name, file]) => [name, join(pkg, file)])),
    outdir,
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'neutral',
    external: ['node:*'],
    target: 'es2022',
    chunkNames: '[name]-[hash]',
    logLevel: 'error',
    // The CSV library's licence.
    legalComments: 'inline',
  });
}
