import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pkg } from '../../pkg/tools/paths.mjs';
import { read } from '../../pkg/tools/run.mjs';
import { consumers } from '../js/support/consumers.mjs';
import { bundlers, loadedFrom, toolsOf } from './place.mjs';

/**
 * What runs the package without a page. Each has a `name`, what it `loads`, and how it is used by `import` and by `require`: a
 * function of the place and the application's environment that gives what the application reported, or a text that says why not.
 */
const light = toolsOf(consumers);
const own = toolsOf(pkg);

const FORM_ERROR = 'phoneNumber: Too short for a number in US';

const program = (command, args) => async (app, env) => JSON.parse(await read(command, args, { cwd: app, env }));

const INLINED = 'inlined bytes';
const FILE = 'the .wasm file';

const bin = (folder, name) => join(folder, 'node_modules', '.bin', name);

const node = (name, command) => ({ name, loads: INLINED, import: program(command, ['main.mjs']), require: program(command, ['main.cjs']) });

/** A file of the heavy tools, which need not be installed yet. */
const tool = (path) => join(bundlers, 'node_modules', path);

const nodeOf = (major) => tool(`node${major}/bin/node`);

const DENO = ['run', '--no-lock', '--node-modules-dir=manual', '--allow-env', '--allow-net=127.0.0.1'];
const deno = {
  name: 'Deno',
  loads: INLINED,
  import: program(bin(consumers, 'deno'), [...DENO, 'main.mjs']),
  // Without permission to read it may not look a module up by require.
  require: program(bin(consumers, 'deno'), [...DENO, '--allow-read', 'main.cjs']),
};

const bun = { name: 'Bun', loads: INLINED, import: program(bin(consumers, 'bun'), ['main.mjs']), require: program(bin(consumers, 'bun'), ['main.cjs']) };

const workerd = {
  name: 'workerd (miniflare)',
  loads: FILE,
  async import(app, env) {
    const { build } = await own.load('esbuild');
    const outdir = join(app, 'built');
    await build({ entryPoints: [join(app, 'worker.mjs')], outdir, bundle: true, format: 'esm', conditions: ['workerd', 'worker', 'browser'], loader: { '.wasm': 'copy' }, outExtension: { '.js': '.mjs' }, logLevel: 'error' });
    assert.equal(loadedFrom(outdir), this.loads);
    const { Miniflare } = await light.load('miniflare');
    const modulesRules = [{ type: 'CompiledWasm', include: ['**/*.wasm'] }];
    const worker = new Miniflare({ modules: true, modulesRules, modulesRoot: outdir, scriptPath: join(outdir, 'worker.mjs'), compatibilityDate: '2026-04-01', bindings: env });
    try {
      return await (await fetch(await worker.ready)).json();
    } finally {
      await worker.dispose();
    }
  },
  require: 'no require() in workers: import',
};

/** A function of AWS Lambda, as its documentation has esbuild build it. */
const lambda = {
  name: 'AWS Lambda by esbuild',
  loads: INLINED,
  import: (app, env) => invoked(app, env, 'esm'),
  require: (app, env) => invoked(app, env, 'cjs'),
};

async function invoked(app, env, format) {
  const { build } = await own.load('esbuild');
  const outfile = join(app, 'built', format === 'esm' ? 'index.mjs' : 'index.cjs');
  await build({ entryPoints: [join(app, 'handler.mjs')], outfile, bundle: true, format, platform: 'node', target: 'node20', logLevel: 'error' });
  assert.equal(loadedFrom(outfile), lambda.loads);
  const invoke = `import(${JSON.stringify(outfile)}).then(async ({ handler }) => console.log((await handler({})).body))`;
  return program(process.execPath, ['--eval', invoke])(app, env);
}

/** What installs and runs quickly. */
export const QUICK_SERVERS = [node(`Node ${process.versions.node}`, process.execPath), deno, bun, workerd, lambda];

const NODES = ['node20', 'node22', 'node24', 'node26'].map((alias) => {
  const program = join(bundlers, 'node_modules', alias, 'bin', 'node');
  return node(`Node ${alias.slice('node'.length)}`, program);
});

/** Tests in a page that is played in Node. They say nothing but whether they pass. */
const tests = (command, args, prepare = () => {}) => async (app, env) => {
  prepare(app);
  await read(command, args, { cwd: app, env });
  return { tested: true };
};

const vitest = (environment) => ({
  name: `Vitest with ${environment}`,
  loads: INLINED,
  import: tests(process.execPath, [tool('vitest/vitest.mjs'), 'run', '--globals', `--environment=${environment}`, 'form.test.mjs']),
  require: 'its tests are ES modules: import',
});

/** Its jsdom has no fetch, and a signal that Node's does not take; an application's tests give it Node's so. */
const WITH_FETCH = `const { default: Jsdom } = require(${JSON.stringify(tool('jest-environment-jsdom'))});
module.exports = class extends Jsdom {
  constructor(...given) {
    super(...given);
    Object.assign(this.global, { AbortController, AbortSignal, fetch, Headers, Request, Response });
  }
};
`;

function prepareJest(app) {
  const config = { testEnvironment: './with-fetch.cjs', testMatch: ['**/form.test.*'], transform: {} };
  writeFileSync(join(app, 'with-fetch.cjs'), WITH_FETCH);
  writeFileSync(join(app, 'jest.config.json'), JSON.stringify(config));
  const test = readFileSync(join(app, 'form.test.mjs'), 'utf8');
  writeFileSync(join(app, 'form.test.cjs'), test.replace(/^import (.*) from ('outdial')/m, 'const $1 = require($2)'));
}

const jest = tool('jest/bin/jest.js');

const inJest = {
  name: 'Jest with jsdom',
  loads: `${FILE} by import, ${INLINED} by require()`,
  // Jest's documented way to run ES modules, which its require() takes from Node 24.9 on.
  import: tests(process.execPath, ['--experimental-vm-modules', jest, 'form.test.mjs'], prepareJest),
  require: tests(nodeOf(24), ['--experimental-vm-modules', jest, 'form.test.cjs'], prepareJest),
};

export const SERVERS = [...[20, 22, 24, 26].map((major) => node(`Node ${major}`, nodeOf(major))), deno, bun, workerd, lambda, vitest('jsdom'), vitest('happy-dom'), inJest];

/** Has a fresh copy of the application do all that it is to do. */
export async function useServer({ place, platform }, server, way, number) {
  const app = place.app(`${server.name}-${way}`.replaceAll(/\W+/g, '-'));
  const { tested, from, ...said } = await server[way](app, { SANDBOX_URL: platform.url, PHONE_NUMBER: number });
  if (tested) return;
  if (from !== undefined) assert.match(from, /outdial\/dist\/node\/index\.js$/, 'it loads something else than inlined bytes');
  assert.deepEqual(said, { number, formError: FORM_ERROR, call: 'queued', job: 'rejected', rows: '+14155552671', refused: 'true,not_found' });
}
