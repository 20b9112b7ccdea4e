import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { serveSandbox } from '../../pkg/sandbox/server.js';
import { dist, target, tests } from '../../pkg/tools/paths.mjs';
import { read } from '../../pkg/tools/run.mjs';
import { consumers, packTarball } from '../js/support/consumers.mjs';

/** The tools that are heavy to install. */
export const bundlers = join(consumers, 'bundlers');

const here = join(tests, 'packaging', 'app');

/**
 * A folder in which the packed package is installed as npm installs it, with nothing else: an application lies in a folder of
 * its own below. `tools` are the installed tools, which lie elsewhere.
 */
export async function openPlace(name) {
  const folder = join(target, 'packaging', name);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), '{ "private": true, "type": "module" }\n');
  await read('npm', ['install', '--offline', '--no-audit', '--no-fund', '--no-update-notifier', await packTarball()], { cwd: folder });
  const installed = readdirSync(join(folder, 'node_modules')).filter((entry) => !entry.startsWith('.'));
  if (installed.join() !== 'outdial') throw new Error(`npm installed ${installed}`);
  return { folder, app: (consumer, options) => copyApp(join(folder, consumer), options) };
}

/** A copy of the tiny application, which imports the package, or `as` in its place. */
function copyApp(folder, { as = 'outdial' } = {}) {
  cpSync(here, folder, { recursive: true });
  if (as !== 'outdial') {
    const page = join(folder, 'page.mjs');
    writeFileSync(page, readFileSync(page, 'utf8').replace("from 'outdial'", `from '${as}'`));
  }
  return folder;
}

/** Where a package of the installed tools lies, by the folder they are installed in. */
export function toolsOf(folder) {
  const require = createRequire(join(folder, 'package.json'));
  return { resolve: require.resolve, load: (name) => import(pathToFileURL(require.resolve(name))) };
}

/** A sandbox over HTTP, and numbers of which none is dialled twice: how often each rang tells whose call arrived. */
export async function openPlatform() {
  const { url, sandbox, close } = await serveSandbox({ clock: 'live' });
  let last = 2_000;
  const newNumber = () => `+1415555${(last += 1)}`;
  return { url, close, newNumber, rang: (number) => sandbox.rang[number] ?? 0 };
}

/** A new number, which must have rung once after `use`. */
export async function rung(platform, use) {
  const number = platform.newNumber();
  await use(number);
  if (platform.rang(number) !== 1) throw new Error(`${number} rang ${platform.rang(number)} times`);
}

/** How often the module lies in what a tool built, as a file and inlined. Each must be the package's own. */
export function modulesIn(folder) {
  const wasm = readFileSync(join(dist, 'outdial.wasm'));
  const text = wasm.toString('base64');
  let [files, inlined] = [0, 0];
  for (const path of filesUnder(folder)) {
    const bytes = readFileSync(path);
    if (bytes.subarray(0, MAGIC.length).equals(MAGIC)) {
      if (!bytes.equals(wasm)) throw new Error(`${path} is another module`);
      files += 1;
    } else if (!path.endsWith('.map')) {
      const parts = bytes.toString('latin1').split(text);
      if (parts.some((part) => part.includes(MAGIC_IN_BASE64))) throw new Error(`${path} has another module inlined`);
      inlined += parts.length - 1;
    }
  }
  return { files, inlined };
}

const MAGIC = Buffer.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0);
const MAGIC_IN_BASE64 = MAGIC.toString('base64').slice(0, 10);

/** What a build loads, where it may have the module only once. */
export function loadedFrom(folder) {
  const { files, inlined } = modulesIn(folder);
  if (files + inlined !== 1) throw new Error(`${folder} has the module ${files} times as a file and ${inlined} times inlined`);
  return files === 1 ? 'the .wasm file' : 'inlined bytes';
}

function filesUnder(folder) {
  if (!existsSync(folder)) throw new Error(`${folder} was not built`);
  if (!statSync(folder).isDirectory()) return [folder];
  return readdirSync(folder).flatMap((name) => filesUnder(join(folder, name)));
}
