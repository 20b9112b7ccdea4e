import { mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ensurePackages } from '../../../pkg/tools/npm.mjs';
import { pkg, target, tests, www } from '../../../pkg/tools/paths.mjs';

const folder = join(tests, 'recipes');
const fromRecipes = createRequire(join(folder, 'package.json'));

// The step that installs it loads this file first.
const esbuild = () => createRequire(join(pkg, 'package.json'))('esbuild');

/** Installs the frameworks that the recipes are for. */
export const ensureRecipes = () => ensurePackages(folder);

/** The code of a page of the docs, by the file that it names behind its language. */
export function codeOf(page) {
  const markdown = readFileSync(join(www, 'docs', `${page}.md`), 'utf8');
  return new Map([...markdown.matchAll(/^```\w+ (\S+)\n([^]*?)^```$/gm)].map(([, file, code]) => [file, code]));
}

/** Writes code into a folder of target/, where it finds the package and the frameworks by their names. */
export function layCode(name, files) {
  const project = join(target, name);
  rmSync(project, { recursive: true, force: true });
  for (const [file, code] of files) {
    mkdirSync(dirname(join(project, file)), { recursive: true });
    writeFileSync(join(project, file), code);
  }
  const modules = join(project, 'node_modules');
  mkdirSync(modules, { recursive: true });
  symlinkSync(pkg, join(modules, 'outdial'));
  for (const one of readdirSync(join(folder, 'node_modules'))) if (!one.startsWith('.')) symlinkSync(join(folder, 'node_modules', one), join(modules, one));
  writeFileSync(join(project, 'package.json'), '{ "type": "module" }\n');
  return project;
}

/** Loads a module of a server in Node, whatever it is written in. */
export async function loadServer(project, file) {
  const outfile = join(project, `${file}.mjs`);
  await esbuild().build({ entryPoints: [join(project, file)], outfile, bundle: true, platform: 'node', format: 'esm', external: ['outdial', 'outdial/*'], logLevel: 'error' });
  return import(pathToFileURL(outfile));
}

/** Bundles a page's module as `<file>.bundle.js`; the package is asked of the page's server. */
export async function bundlePage(project, file) {
  const served = { name: 'served', setup: ({ onResolve }) => onResolve({ filter: /^outdial(?:\/|$)/ }, ({ path }) => ({ path: `/outdial/${path.slice('outdial/'.length) || 'index'}.js`, external: true })) };
  const define = { 'process.env.NODE_ENV': '"production"', __VUE_OPTIONS_API__: 'true', __VUE_PROD_DEVTOOLS__: 'false', __VUE_PROD_HYDRATION_MISMATCH_DETAILS__: 'false' };
  await esbuild().build({
    entryPoints: [join(project, file)],
    outfile: join(project, `${file}.bundle.js`),
    bundle: true,
    format: 'esm',
    target: 'es2022',
    jsx: 'automatic',
    define,
    plugins: [served, vue, svelte],
    logLevel: 'error',
  });
}

const onLoad = (name, filter, compile) => ({ name, setup: (builder) => builder.onLoad({ filter }, ({ path }) => ({ contents: compile(readFileSync(path, 'utf8'), path), loader: 'js', resolveDir: dirname(path) })) });

const vue = onLoad('vue', /\.vue$/, (source, path) => {
  const { compileScript, parse } = fromRecipes('vue/compiler-sfc');
  const { descriptor, errors } = parse(source, { filename: path });
  if (errors.length > 0) throw errors[0];
  return compileScript(descriptor, { id: 'recipe', inlineTemplate: true }).content;
});

const svelte = onLoad('svelte', /\.svelte(?:\.js)?$/, (source, path) => {
  const compiler = fromRecipes('svelte/compiler');
  const { js, warnings } = compiler[path.endsWith('.js') ? 'compileModule' : 'compile'](source, { generate: 'client', filename: path });
  if (warnings.length > 0 && !path.includes('node_modules')) throw new Error(warnings[0].message);
  return js.code;
});
