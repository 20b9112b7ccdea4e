import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { join, posix } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { ensurePackages } from '../../../pkg/tools/npm.mjs';
import { pkg, target, tests } from '../../../pkg/tools/paths.mjs';
import { read } from '../../../pkg/tools/run.mjs';

export const consumers = join(tests, 'packaging');

/** Installs what the tiny apps need, and the package itself beside it, as an application has it. */
export async function ensureConsumers() {
  // Their scripts put the binary for this machine into its place; before that there is none, or one behind a script.
  await ensurePackages(consumers, ['bun', 'deno']);
  const link = join(consumers, 'node_modules', 'outdial');
  if (!existsSync(link)) symlinkSync(pkg, link, 'junction');
}

/** Puts the package into an application as npm publishes it. */
export async function installPacked(app) {
  const installed = join(app, 'node_modules', 'outdial');
  rmSync(installed, { recursive: true, force: true });
  mkdirSync(installed, { recursive: true });
  await read('tar', ['-xzf', await packTarball(), '-C', installed, '--strip-components=1']);
}

/** The file that npm would publish. Each process has its own: test files run at the same time. */
export async function packTarball() {
  const folder = join(target, 'packed', String(process.pid));
  mkdirSync(folder, { recursive: true });
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  const printed = await read('npm', ['pack', '--ignore-scripts', '--json', '--pack-destination', folder], { cwd: pkg });
  return join(folder, JSON.parse(printed)[0].filename);
}

export const fromConsumers = (name) => import(createRequire(join(consumers, 'package.json')).resolve(name));

export async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** Starts a server that listens on `PORT`; gives its address once it answers. */
export async function startServer(t, command, args, env, cwd = consumers) {
  const port = await freePort();
  const child = spawn(command, args, { cwd, env: { ...process.env, ...env, PORT: String(port) }, stdio: ['ignore', 'inherit', 'inherit'] });
  t.after(() => child.kill('SIGKILL'));
  const url = `http://127.0.0.1:${port}`;
  while (child.exitCode === null) {
    if (await fetch(url).then(() => true, () => false)) return url;
    await setTimeout(50);
  }
  throw new Error(`${command} ${args.join(' ')} ended with ${child.exitCode}`);
}

/**
 * A worker with the package's modules beside it under their bare names, as a bundler would place them; `beside`: other
 * modules of the worker by their paths.
 */
export function workerModules(worker, beside = {}) {
  const entries = { outdial: 'index.workerd.js', 'outdial/forms': 'dist/workerd/forms.js', 'outdial/queue': 'queue.js', 'outdial/relay': 'relay.js' };
  const bare = Object.entries(entries).map(([name, file]) => {
    const contents = `export * from '${name.includes('/') ? '..' : '.'}/pkg/${file}';`;
    return { type: 'ESModule', path: `/${name}`, contents };
  });
  const files = new Map();
  for (const file of Object.values(entries)) collect(file, files);
  const own = Object.entries({ '/worker.mjs': worker, ...beside }).map(([path, file]) => ({ type: 'ESModule', path, contents: readFileSync(file, 'utf8') }));
  return [...own, ...bare, ...files.values()];
}

function collect(file, files) {
  if (files.has(file)) return;
  const contents = readFileSync(join(pkg, file));
  const isWasm = file.endsWith('.wasm');
  files.set(file, { type: isWasm ? 'CompiledWasm' : 'ESModule', path: `/pkg/${file}`, contents: isWasm ? contents : String(contents) });
  if (isWasm) return;
  const imports = String(contents).matchAll(/\b(?:from|import)\s*\(?(['"])(\.{1,2}\/[^'"]+)\1/g);
  for (const [, , name] of imports) collect(posix.join(posix.dirname(file), name), files);
}
