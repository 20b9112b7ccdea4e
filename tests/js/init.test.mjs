import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import test from 'node:test';
import { fileURLToPath } from 'node:url';
import vm from 'node:vm';
// The entries of pages, where the module is not there until init() has brought it.
import { compiled } from '../../pkg/compile.js';
import * as glue from '../../pkg/dist/phone.js';
import * as outdial from '../../pkg/index.js';
import { loadable } from '../../pkg/load.js';
import * as phone from '../../pkg/phone.js';
import { isOurs, NUMBER, refusesWrongModules, wasmOf } from './support/wrong-modules.mjs';

test('until init has come to its end, what needs the module says not_ready and what to await', () => {
  const calls = [() => outdial.isE164(NUMBER), () => outdial.createClient({}), () => outdial.validateContact('truedy', {}), () => outdial.validateCall('truedy', {}), () => phone.isValidPhone(NUMBER)];
  for (const call of calls) assert.throws(call, (error) => isOurs(error, 'not_ready', /await init\(\)/));
});

refusesWrongModules('outdial', outdial);

/** What a fresh process prints, with `out` for the entry of pages, after `script`. */
function inFreshProcess(script, { entry = 'index.js', args = [] } = {}) {
  const url = new URL(`../../pkg/${entry}`, import.meta.url).href;
  const code = `const out = await import(${JSON.stringify(url)});\n${script}`;
  const { stdout, stderr, status } = spawnSync(process.execPath, [...args, '--input-type=module', '--eval', code], { encoding: 'utf8', timeout: 30_000 });
  assert.equal(status, 0, stderr);
  return stdout.trim();
}

const wasmPath = JSON.stringify(fileURLToPath(wasmOf('outdial')));
const SOURCES = {
  'nothing, where the entry of pages runs in Node': '',
  'a file: URL': `new URL('file://' + ${wasmPath})`,
  bytes: `(await import('node:fs')).readFileSync(${wasmPath})`,
  'bytes of another realm': `(await import('node:vm')).runInNewContext('Uint8Array').from((await import('node:fs')).readFileSync(${wasmPath}))`,
  null: 'null',
  'a module': `new WebAssembly.Module((await import('node:fs')).readFileSync(${wasmPath}))`,
  'a Response of application/wasm': `new Response((await import('node:fs')).readFileSync(${wasmPath}), { headers: { 'content-type': 'application/wasm' } })`,
  'a promise of a Response': `Promise.resolve(new Response((await import('node:fs')).readFileSync(${wasmPath})))`,
  'a Blob': `new Blob([(await import('node:fs')).readFileSync(${wasmPath})])`,
};

for (const [name, source] of Object.entries(SOURCES)) {
  test(`init takes ${name}`, () => {
    assert.equal(inFreshProcess(`await out.init(${source}); console.log(out.toE164('415 555 2671', { region: 'US' }));`), NUMBER);
  });
}

test('where compiling is refused, the error names the directive that a page lacks, inlined or not', () => {
  // As a Content-Security-Policy without 'wasm-unsafe-eval' does.
  const refuse = `
    const refuse = () => { throw new WebAssembly.CompileError('blocked by CSP'); };
    class Module { constructor() { refuse(); } }
    Object.assign(WebAssembly, { Module, compile: async () => refuse(), compileStreaming: async () => refuse(), instantiate: async () => refuse() });
    const said = (call) => Promise.resolve().then(call).then(() => 'nothing', (error) => [error.code, /script-src.*'wasm-unsafe-eval'/.test(error.message), error.cause.message].join());`;
  for (const entry of ['index.js', 'index.node.js', 'phone.js', 'phone.node.js']) {
    assert.equal(inFreshProcess(`${refuse} console.log(await said(() => out.init()));`, { entry }), 'not_ready,true,blocked by CSP', entry);
  }
  for (const entry of ['index.node.js', 'phone.node.js']) {
    assert.equal(inFreshProcess(`${refuse} console.log(await said(() => out.isValidPhone('+1')));`, { entry }), 'not_ready,true,blocked by CSP', entry);
  }
});

test('the same where compiling is allowed and only starting refused, as in WebKit', () => {
  const script = `
    WebAssembly.Instance = class { constructor() { throw new WebAssembly.CompileError('blocked by CSP'); } };
    WebAssembly.instantiate = async () => new WebAssembly.Instance();
    console.log(await out.init().then(() => 'nothing', (error) => [error.code, /script-src.*'wasm-unsafe-eval'/.test(error.message), error.cause.message].join()));`;
  for (const entry of ['index.js', 'index.node.js', 'phone.js', 'phone.node.js']) assert.equal(inFreshProcess(script, { entry }), 'not_ready,true,blocked by CSP', entry);
});

test('a runtime without WebAssembly imports the package, and hears why nothing works', () => {
  const script = `delete globalThis.WebAssembly; console.log(await out.init().then(() => 'nothing', ({ code, message }) => code + ' ' + message));`;
  for (const entry of ['index.js', 'index.node.js']) {
    assert.match(inFreshProcess(script, { entry }), /^not_ready .*no WebAssembly/, entry);
  }
});

test('what can be done only at leisure, as in an older browser, init does for inlined bytes', () => {
  const script = `
    const { Module } = WebAssembly;
    WebAssembly.Module = class { constructor(bytes) { if (bytes.length > 4096) throw new RangeError('disallowed on the main thread'); return new Module(bytes); } static customSections(...given) { return Module.customSections(...given); } };
    await out.init();
    console.log(out.isE164('+14155552671'));`;
  assert.equal(inFreshProcess(script, { entry: 'index.node.js' }), 'true');
});

test('a module of another realm is one, also where nothing may be compiled', async () => {
  const module = vm.runInNewContext('(bytes) => new WebAssembly.Module(bytes)')(await readFile(wasmOf('phone')));
  assert.equal(module instanceof WebAssembly.Module, false);
  for (const loader of [{ compiled }, { module: () => { throw new Error('not here'); } }]) {
    const { init, loaded, provide } = loadable(glue);
    provide(loader);
    await assert.rejects(init('outdial.wasm'), (error) => loader.compiled ? isOurs(error, 'not_ready', /could not be loaded/) : isOurs(error, 'invalid_input', /must be a WebAssembly.Module/));
    await init(Promise.resolve(module));
    assert.ok(loaded().memory);
  }
  const edge = loadable(glue);
  edge.provide({ module: () => module });
  assert.ok(edge.loaded().memory);
});

test('a page that is played in Node without text coders imports the package and reads numbers', () => {
  const script = `delete globalThis.TextDecoder; delete globalThis.TextEncoder;
    const { parsePhone, validateContact } = await import(${JSON.stringify(new URL('../../pkg/index.node.js', import.meta.url).href)});
    console.log(parsePhone('٠٢٠ ٧٩٤٦ ٠٩٥٨', { region: 'GB' }).phone.e164, validateContact('truedy', { phoneNumber: '1' })[0].message);`;
  assert.equal(inFreshProcess(script, { entry: 'error.js' }), '+442079460958 Not a phone number');
});
