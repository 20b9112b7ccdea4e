import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { ISOLATION, securityHeaders, TRUSTED_TYPES } from './headers.mjs';
import { dist, pkg, root, target, www } from './paths.mjs';

export const site = join(target, 'www');

const SCRIPTS = ['app.js', 'import-worker.js', 'measure-worker.js'];
const STYLES = /  <link rel="stylesheet" href="(styles\/[^"]+)">\n/g;

/** Writes the demo as a folder that any host of files can serve, with all its addresses relative; gives the folder. */
export async function buildSite() {
  rmSync(site, { recursive: true, force: true });
  mkdirSync(site, { recursive: true });
  const page = readFileSync(join(www, 'index.html'), 'utf8');
  const styles = [...page.matchAll(STYLES)].map(([, path]) => join(www, path));
  const { entry, chunks } = await bundle(styles);
  // The package looks for its modules below the script that loads it.
  for (const name of ['outdial.wasm', 'phone.wasm']) cpSync(join(dist, name), join(site, 'assets/dist', name));
  for (const name of ['favicon.svg', 'theme.js']) cpSync(join(www, name), join(site, name));
  // The docs stand beside it, with its colours. They need packages that are installed only now.
  const { buildDocs } = await import('./docs/site.mjs');
  for (const name of ['theme.css', 'base.css']) cpSync(join(www, 'styles', name), join(site, 'styles', name));
  buildDocs(join(site, 'docs'));
  cpSync(join(root, 'LICENSE'), join(site, 'LICENSE'));
  cpSync(join(pkg, 'node_modules/libphonenumber-js/LICENSE'), join(site, 'LICENSE.libphonenumber-js'));
  writeFileSync(join(site, 'index.html'), pageOf(page, entry, chunks));
  writeFileSync(join(site, '_headers'), headersFile());
  return site;
}

async function bundle(styles) {
  const { build } = await import('esbuild');
  const css = styles.map((path) => `@import ${JSON.stringify(path)};`).join('\n');
  const shared = { bundle: true, minify: true, target: 'es2022', logLevel: 'error', legalComments: 'inline' };
  await build({ ...shared, stdin: { contents: css, loader: 'css', resolveDir: www }, outfile: join(site, 'assets/style.css') });
  const { metafile } = await build({
    ...shared,
    entryPoints: SCRIPTS.map((name) => join(www, name)),
    outdir: join(site, 'assets'),
    splitting: true,
    format: 'esm',
    // Flat, since scripts find each other and the module beside themselves.
    chunkNames: '[name]-[hash]',
    metafile: true,
    absWorkingDir: site,
    plugins: [fromRepository],
  });
  const entry = 'assets/app.js';
  return { entry, chunks: metafile.outputs[entry].imports.filter(({ kind }) => kind === 'import-statement').map(({ path }) => path) };
}

/** The addresses under which the demo's server has the package and what it is measured against. */
const fromRepository = {
  name: 'from-repository',
  setup({ onResolve }) {
    onResolve({ filter: /^\/outdial\// }, ({ path }) => ({ path: join(pkg, path.slice('/outdial/'.length)) }));
    onResolve({ filter: /^\/vendor\// }, ({ path }) => ({ path: join(pkg, 'node_modules', path.slice('/vendor/'.length)), sideEffects: false }));
    // There is no server of ours behind such a folder, and so no relay.
    onResolve({ filter: /\/has-relay\.js$/ }, () => ({ path: join(www, 'has-no-relay.js') }));
  },
};

function pageOf(page, entry, chunks) {
  const hints = [
    '  <link rel="preload" href="assets/dist/outdial.wasm" as="fetch" type="application/wasm" crossorigin>',
    ...chunks.map((path) => `  <link rel="modulepreload" href="assets/${basename(path)}">`),
  ];
  const [first] = page.match(STYLES);
  return page
    .replace(first, `  <link rel="stylesheet" href="assets/style.css">\n${hints.join('\n')}\n`)
    .replace(STYLES, '')
    .replace('src="app.js"', `src="${entry}"`);
}

/** What hosts that read such a file send with each answer; others need the same headers in their own settings. */
function headersFile() {
  const headers = { ...securityHeaders({ policy: TRUSTED_TYPES }), ...ISOLATION, 'strict-transport-security': 'max-age=31536000' };
  return `/*\n${Object.entries(headers).map(([name, value]) => `  ${name}: ${value}\n`).join('')}`;
}
