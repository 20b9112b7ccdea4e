import { mkdirSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import { dist, pkg } from './paths.mjs';

const outdir = join(dist, 'node');

/** The entries of servers, in groups that share state: relays and queues know the client of the whole package. */
const GROUPS = [{ index: 'index.node.js', relay: 'relay.js', queue: 'queue.js' }, { phone: 'phone.node.js' }, { csv: 'csv.js' }];

/** What stays a file of its own: the error class is one for all, and the bytes, which are large, are of outdial/inline too. */
const SHARED = { 'error.js': 'error.js', 'dist/inline.js': 'dist/inline.js' };

/**
 * Entries that stand on what others export, and must share the module with them: `{ name, folder, entries }`, where
 * `entries` says which file is that other entry there.
 */
const FRONTS = [
  { name: 'forms', folder: 'node', entries: { 'index.js': 'dist/node/index.js', 'phone.js': 'dist/node/index.js' } },
  { name: 'forms', folder: 'workerd', entries: { 'index.js': 'index.workerd.js', 'phone.js': 'index.workerd.js' } },
  { name: 'forms', folder: 'edge', entries: { 'index.js': 'index.edge.js', 'phone.js': 'index.edge.js' } },
  { name: 'element', folder: 'node', entries: { 'phone.js': 'dist/node/phone.js' } },
];

const SETTINGS = { bundle: true, format: 'esm', platform: 'neutral', target: 'es2022', logLevel: 'error' };

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
      ...SETTINGS,
      entryPoints: Object.fromEntries(Object.entries(entries).map(([name, file]) => [name, join(pkg, file)])),
      outdir,
      splitting: true,
      chunkNames: '[name]-[hash]',
      // The CSV library's licence.
      legalComments: 'inline',
      plugins: [elsewhere(SHARED, outdir)],
    });
  }
  for (const { name, folder, entries } of FRONTS) {
    const place = join(dist, folder);
    await build({ ...SETTINGS, entryPoints: [join(pkg, `${name}.js`)], outdir: place, plugins: [elsewhere(entries, place)] });
  }
}

/** Leaves modules of pkg/ out of a bundle in `folder`, which finds them in these files of pkg/. */
function elsewhere(files, folder) {
  return {
    name: 'elsewhere',
    setup({ onResolve }) {
      onResolve({ filter: /^\.{1,2}\// }, ({ path, resolveDir }) => {
        const file = files[slashed(relative(pkg, join(resolveDir, path)))];
        return file && { path: slashed(relative(folder, join(pkg, file))).replace(/^(?!\.)/, './'), external: true };
      });
    },
  };
}

const slashed = (path) => path.replaceAll('\\', '/');
