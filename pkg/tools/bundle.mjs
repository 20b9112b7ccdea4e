import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { dist, pkg } from './paths.mjs';

const outdir = join(dist, 'node');

/** The entries of servers, in groups that share state: relays and queues know the client of the whole package. */
const GROUPS = [{ index: 'index.node.js', relay: 'relay.js', queue: 'queue.js' }, { phone: 'phone.node.js' }, { csv: 'csv.js' }];

/** What stays a file of its own: the error class is one for all, and the bytes, which are large, are of outdial/inline too. */
const SHARED = [[/\/error\.js$/, '../../error.js'], [/\/dist\/inline\.js$/, '../inline.js']];

/**
 * Writes the entries for Node, Deno and Bun into dist/node, with what they share in files of its own. Each file that is
 * loaded costs a fresh process up to a millisecond, and unbundled there are thirty.
 */
export async function bundleForServers() {
  const { build } = await import('esbuild');
  rmSync(outdir, { recursive: true, force: true });
  mkdirSync(outdir, { recursive: true });
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
      plugins: [{ name: 'shared-files', setup: ({ onResolve }) => SHARED.forEach(([filter, path]) => onResolve({ filter }, () => ({ path, external: true }))) }],
    });
  }
}
