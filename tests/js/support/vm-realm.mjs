import { readFileSync } from 'node:fs';
import vm from 'node:vm';

/** Evaluates the package in another realm with some of Node's globals, runs a script there and prints what it returns. */
const [globals, script] = process.argv.slice(2);
const context = vm.createContext(Object.fromEntries(JSON.parse(globals).map((name) => [name, globalThis[name]])));
const modules = new Map();

function load(url) {
  if (!modules.has(url.href)) {
    modules.set(url.href, new vm.SourceTextModule(readFileSync(url, 'utf8'), {
      context,
      identifier: url.href,
      initializeImportMeta: (meta) => { meta.url = url.href; },
    }));
  }
  return modules.get(url.href);
}

const entry = load(new URL('../../../pkg/index.node.js', import.meta.url));
await entry.link((specifier, { identifier }) => load(new URL(specifier, identifier)));
await entry.evaluate();
const run = vm.runInContext(`(async (outdial) => {${script}})`, context);
console.log(JSON.stringify(await run(entry.namespace)));
process.exit();
