import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { copyFileSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createClient } from '../../pkg/index.node.js';
import { createRelay, toNodeHandler } from '../../pkg/relay.js';
import { pkg } from '../../pkg/tools/paths.mjs';
import { serve } from '../../pkg/tools/serve.mjs';
import { consumers } from '../js/support/consumers.mjs';
import { bundlers, loadedFrom, toolsOf } from './place.mjs';

/**
 * What makes pages with the package. Each has a `name`, what its pages `load`, and `open(place, relays)`, which builds the
 * application and serves it with the relay under /api/outdial: `{ url, close }`.
 */
const light = toolsOf(consumers);
const heavy = toolsOf(bundlers);
const own = toolsOf(pkg);

const FILE = 'the .wasm file';
const INLINED = 'inlined bytes';

const FORM_ERROR = 'Too short for a number in US';

/** Opens a page, which must do all that it is to do. */
export async function usePage(browser, { url }, number) {
  const text = await browser.show(`${url}${url.includes('?') ? '&' : '?'}number=${encodeURIComponent(number)}`);
  assert.deepEqual(JSON.parse(text), { number, formError: FORM_ERROR, accepted: true, call: 'queued' });
}

/** The function behind the pages, which holds the key, by its path. */
export function relayFor(platformUrl) {
  const client = createClient({ provider: 'truedy', apiKey: 'truedy_test', baseUrl: `${platformUrl}/api/public/v1` });
  return { '/api/outdial': toNodeHandler(createRelay({ client, allow: ['createCall'], policy: { regions: ['US'] }, authorize: () => true })) };
}

/** A page that `build(app)` puts into a folder, and a server gives out under a strict Content-Security-Policy. */
const built = (name, loads, build, headersOf = () => ({})) => ({
  name,
  loads,
  async open(place, relays) {
    const app = place.app(name.replaceAll(/\W+/g, '-'), { as: loads === INLINED ? 'outdial/inline' : 'outdial' });
    const folder = await build(app);
    assert.equal(loadedFrom(folder), loads);
    return serve({ mounts: [{ path: '/', folder }], relays, headers: headersOf(folder) });
  },
});

/** A tool that builds a script alone is given the page with it. */
function withPage(app) {
  const folder = join(app, 'built');
  mkdirSync(folder, { recursive: true });
  copyFileSync(join(app, 'index.html'), join(folder, 'index.html'));
  return folder;
}

async function bundled(app) {
  const folder = withPage(app);
  const { build } = await own.load('esbuild');
  await build({ entryPoints: [join(app, 'page.mjs')], outdir: folder, outExtension: { '.js': '.mjs' }, bundle: true, splitting: true, minify: true, format: 'esm', logLevel: 'error' });
  return folder;
}

const esbuild = built('esbuild, outdial/inline', INLINED, bundled);

const rollup = built('Rollup, outdial/inline', INLINED, async (app) => {
  const { rollup: open } = await light.load('rollup');
  const { nodeResolve } = await light.load('@rollup/plugin-node-resolve');
  return rolledUp(app, await open({ input: join(app, 'page.mjs'), plugins: [nodeResolve({ browser: true })] }));
});

const rolldown = built('Rolldown, outdial/inline', INLINED, async (app) => {
  const { rolldown: open } = await heavy.load('rolldown');
  return rolledUp(app, await open({ input: join(app, 'page.mjs'), platform: 'browser' }));
});

async function rolledUp(app, bundle) {
  const folder = withPage(app);
  await bundle.write({ dir: folder, format: 'es', entryFileNames: '[name].mjs' });
  await bundle.close();
  return folder;
}

/** The files as they are published, and the page's own. */
const plain = {
  name: 'a plain page, no build',
  loads: FILE,
  open: (place, relays) => serve({ mounts: plainMounts(place), relays }),
};

function plainMounts(place) {
  const app = place.app('plain', { as: '/outdial/index.js' });
  return [{ path: '/outdial/', folder: join(place.folder, 'node_modules', 'outdial') }, { path: '/', folder: app }];
}

const REFUSING = { 'content-security-policy': "default-src 'none'; script-src 'self'; connect-src 'self'" };

/** The page built by esbuild, or with no build, where WebAssembly is refused. */
export async function openRefused(place, as) {
  if (as === 'outdial/inline') {
    const app = place.app('refused', { as });
    return serve({ mounts: [{ path: '/', folder: await bundled(app) }], headers: REFUSING });
  }
  return serve({ mounts: plainMounts(place), headers: REFUSING });
}

/** Whether the page says which directive is missing; gives that as the cell's text. */
export function checkRefusal(text) {
  const { code, message } = JSON.parse(text);
  assert.equal(code, 'not_ready');
  assert.match(message, /script-src .* lacks 'wasm-unsafe-eval'/);
  return '`not_ready` says: add it';
}

export const QUICK_PAGES = [plain, esbuild, rollup];

const viteBuild = built('Vite build', FILE, async (app) => {
  const { build } = await heavy.load('vite');
  await build({ root: app, logLevel: 'error', configFile: false });
  return join(app, 'dist');
});

const viteDev = {
  name: 'Vite dev',
  loads: FILE,
  async open(place, relays) {
    const { createServer } = await heavy.load('vite');
    const app = place.app('vite-dev');
    const behind = await serve({ mounts: [], relays });
    const server = await createServer({
      root: app,
      logLevel: 'error',
      configFile: false,
      server: { host: '127.0.0.1', port: 0, proxy: { '/api': { target: behind.url, changeOrigin: true } } },
    });
    await server.listen();
    const { port } = server.httpServer.address();
    return { url: `http://127.0.0.1:${port}/`, close: () => Promise.all([server.close(), behind.close()]) };
  },
};

/** webpack and Rspack take the same settings. */
const packed = (name, tool) =>
  built(name, FILE, async (app) => {
    const folder = withPage(app);
    const { default: pack } = await heavy.load(tool);
    const compiler = pack({ mode: 'production', context: app, entry: './page.mjs', output: { path: folder, filename: 'page.mjs' } });
    const stats = await new Promise((resolve, reject) => compiler.run((error, done) => (error ? reject(error) : resolve(done))));
    await new Promise((resolve) => compiler.close(resolve));
    const { errors, warnings } = stats.toJson({ all: false, errors: true, warnings: true });
    assert.deepEqual([...errors, ...warnings.filter(({ message }) => !/size limit|performance/.test(message))], []);
    return folder;
  });

const parcel = built('Parcel', FILE, async (app) => {
  const { Parcel } = (await heavy.load('@parcel/core')).default;
  const folder = join(app, 'dist');
  const bundler = new Parcel({
    entries: join(app, 'index.html'),
    defaultConfig: heavy.resolve('@parcel/config-default'),
    shouldDisableCache: true,
    mode: 'production',
    defaultTargetOptions: { distDir: folder, sourceMaps: false, shouldScopeHoist: true },
  });
  await bundler.run();
  return folder;
}, withItsImportMap);

/** Parcel writes an import map into the page, which a strict policy must know by its hash. */
function withItsImportMap(folder) {
  const [, map] = /<script type="?importmap"?>(.*?)<\/script>/s.exec(readFileSync(join(folder, 'index.html'), 'utf8'));
  const hash = createHash('sha256').update(map).digest('base64');
  return { 'content-security-policy': `default-src 'none'; script-src 'self' 'wasm-unsafe-eval' 'sha256-${hash}'; connect-src 'self'` };
}

export const PAGES = [viteBuild, viteDev, packed('webpack 5', 'webpack'), packed('Rspack', '@rspack/core'), parcel, plain, esbuild, rollup, rolldown];
