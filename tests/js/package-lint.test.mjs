import assert from 'node:assert/strict';
import { execFile, execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test, { after, before } from 'node:test';
import { pkg } from '../../pkg/tools/paths.mjs';

let folder;
let tarball;

// Without its scripts: a build would take away what other tests are using.
before(() => {
  folder = mkdtempSync(join(tmpdir(), 'outdial-lint-'));
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^npm_config_(?:local_|global_)?prefix/i.test(name)));
  const said = execFileSync('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', folder], { cwd: pkg, env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
  tarball = join(folder, JSON.parse(said)[0].filename);
});

after(() => rmSync(folder, { recursive: true, force: true }));

/** What a tool of pkg/node_modules prints, and how it ends. */
function tool(name, script, args) {
  const path = join(pkg, 'node_modules', name, script);
  return new Promise((resolve) => {
    execFile(process.execPath, [path, ...args], { cwd: folder, encoding: 'utf8', timeout: 60_000 }, (error, stdout, stderr) => resolve({ code: error?.code ?? 0, output: stdout + stderr }));
  });
}

test('publint finds nothing in the packed package', async () => {
  const { code, output } = await tool('publint', 'src/cli.js', ['run', tarball, '--strict']);
  assert.deepEqual([code, /All good/.test(output)], [0, true], output);
});

test('every entry has types that resolve as its code does', async () => {
  // ESM alone is meant: require() of it works from Node 20.19, which the tool does not know. A module of WebAssembly has no types.
  const args = [tarball, '--profile', 'node16', '--ignore-rules', 'cjs-resolves-to-esm', '--exclude-entrypoints', './outdial.wasm', './phone.wasm', '--format', 'json'];
  const { code, output } = await tool('@arethetypeswrong/cli', 'dist/index.js', args);
  assert.equal(code, 0, output);
  const { analysis } = JSON.parse(output);
  const { exports } = JSON.parse(readFileSync(join(pkg, 'package.json'), 'utf8'));
  const wanted = Object.keys(exports).filter((name) => !name.endsWith('.wasm'));
  assert.deepEqual(Object.keys(analysis.entrypoints).sort(), wanted.sort());
});
