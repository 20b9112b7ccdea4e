import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { dist, pkg } from './paths.mjs';

const outdir = join(dist, 'node');

/** The entries of servers. Some share state, since relays and queues know the client of the whole package. */
const SHARING = { index: 'index.node.js', relay: 'relay.js', queue: 'queue.js' };
const ALONE = { phone: 'phone.node.js', csv: 'csv.js' };

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
 * Writes the entries for Node, Deno and Bun into dist/node. Each file that is loaded costs a fresh process more than a
 * millisecond, and unbundled there are thirty. What shares state is one file, core.js, of which each entry gives its part.
 */
export async function bundleForServers() {
  const { build } = await import('esbuild');
  rmSync(outdir, { recursive: true, force: true });
  mkdirSync(outdir, { recursive: true });
  const bundle = (entry) => build({
    ...SETTINGS,
    ...entry,
    outdir,
    splitting: true,
    chunkNames: '[name]-[hash]',
    // The CSV library's licence.
    legalComments: 'inline',
    plugins: [elsewhere(SHARED, outdir)],
  });
  for (const [name, file] of Object.entries(ALONE)) await bundle({ entryPoints: { [name]: join(pkg, file) } });

  const contents = Object.values(SHARING).map((file) => `export * from './${file}';`).join('\n');
  await bundle({ stdin: { contents, resolveDir: pkg, sourcefile: 'core.js' }, entryNames: 'core' });
  for (const [name, file] of Object.entries(SHARING)) {
    const { metafile } = await build({ ...SETTINGS, entryPoints: [join(pkg, file)], write: false, metafile: true, outdir, plugins: [elsewhere(SHARED, outdir)] });
    const [{ exports }] = Object.values(metafile.outputs);
    writeFileSync(join(outdir, `${name}.js`), `export { ${exports.join(', ')} } from './core.js';\n`);
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
