import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test, { after, before } from 'node:test';
import { pkg, root } from '../../pkg/tools/paths.mjs';

const readme = readFileSync(join(root, 'README.md'), 'utf8');
let folder;
let files;

before(() => {
  folder = mkdtempSync(join(tmpdir(), 'outdial-pack-'));
  // The build is fresh: whoever runs the tests has just made it.
  const [packed] = JSON.parse(npm(['pack', '--json', '--ignore-scripts', '--pack-destination', folder], pkg));
  files = packed.files.map(({ path }) => path);
  const app = join(folder, 'app');
  mkdirSync(app);
  writeFileSync(join(app, 'package.json'), '{ "private": true }');
  npm(['install', '--offline', '--ignore-scripts', join(folder, packed.filename)], app);
});

after(() => rmSync(folder, { recursive: true, force: true }));

// npm hands its own prefix down, and this one must work in the folder it is started in.
function npm(args, cwd) {
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^npm_(?!config_(?:registry|cache|userconfig))/i.test(name)));
  const { status, stdout, stderr } = spawnSync('npm', [...args, '--no-audit', '--no-fund', '--no-update-notifier'], { cwd, env, encoding: 'utf8' });
  assert.equal(status, 0, stderr);
  return stdout;
}

function node(args) {
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: join(folder, 'app'), encoding: 'utf8', timeout: 20_000 });
  assert.equal(stderr, '');
  assert.equal(status, 0);
  return stdout;
}

const evaluated = (code) => node(['--input-type=module', '--eval', code]);

/** The code block behind a marker of the README. */
function example(marker) {
  const [, code] = new RegExp(`<!-- test: ${marker} -->\\n\`\`\`js\\n([^]*?)\`\`\``).exec(readme) ?? [];
  assert.ok(code, `the README has no code behind <!-- test: ${marker} -->`);
  return code;
}

test('the three-liner of the README runs with node -e in a folder that holds nothing but the package', () => {
  const code = example('node-three-liner');
  assert.ok(code.trim().split('\n').length <= 3, code);
  const lines = evaluated(code).trim().split('\n');
  assert.equal(lines[0], 'truedy');
  assert.match(lines.slice(1).join('\n'), /agentId[^]*phoneNumber/);
});

test('a call goes from the installed package to the installed sandbox and back', () => {
  const printed = evaluated(`
    import { createCall, createClient } from 'outdial';
    import { createSandbox } from 'outdial/sandbox';
    const sandbox = createSandbox({ seed: 1 });
    const client = createClient({ provider: 'truedy', apiKey: 'truedy_test', fetch: (request) => sandbox.fetch(request) });
    const { status } = await createCall(client, { agentId: '1f4baf16-1540-4d91-9696-7f34b2f2cb77', phoneNumber: '+14155550123' });
    console.log(status, JSON.stringify(sandbox.rang));`);
  assert.equal(printed.trim(), 'queued {"+14155550123":1}');
});

test('the sandbox\'s server and the module come by their own names, and its command runs', () => {
  const printed = evaluated(`
    import { serveSandbox } from 'outdial/sandbox/server';
    import { readFile } from 'node:fs/promises';
    const { url, close } = await serveSandbox({ port: 0 });
    const { status } = await fetch(url + '/api/public/v1/calls');
    await close();
    const bytes = await readFile(new URL(import.meta.resolve('outdial/outdial.wasm')));
    console.log(status, WebAssembly.validate(bytes));`);
  assert.equal(printed.trim(), '401 true');
  assert.match(node([join('node_modules', '.bin', 'outdial'), '--help']), /outdial sandbox/);
});

test('require works too, from Node 20.19 on', () => {
  assert.equal(node(['--no-warnings', '--eval', `console.log(require('outdial').isE164('+14155552671'))`]).trim(), 'true');
});

test('the subpaths know one error class, and a relay knows the client of the whole package', () => {
  const printed = evaluated(`
    import { OutdialError, createClient } from 'outdial';
    import { OutdialError as OfPhone } from 'outdial/phone';
    import { createRelay } from 'outdial/relay';
    const client = createClient({ provider: 'truedy', apiKey: 'truedy_test' });
    createRelay({ client, allow: ['createContact'], policy: { regions: ['US'] }, authorize: () => true });
    console.log(OutdialError === OfPhone);`);
  assert.equal(printed.trim(), 'true');
});

test('what cannot be had by name cannot be had at all', () => {
  for (const inner of ['outdial/dist/outdial.js', 'outdial/client.js', 'outdial/tools/build.mjs']) {
    assert.equal(evaluated(`console.log(await import('${inner}').catch((error) => error.code))`).trim(), 'ERR_PACKAGE_PATH_NOT_EXPORTED');
  }
});

test('the package holds what it needs and nothing else', () => {
  const { exports, bin } = JSON.parse(readFileSync(join(pkg, 'package.json'), 'utf8'));
  const named = [...Object.values(exports).flatMap((entry) => (typeof entry === 'string' ? entry : Object.values(entry))), ...Object.values(bin)];
  for (const name of ['LICENSE', 'README.md', 'CHANGELOG.md', 'THIRD-PARTY.md', ...new Set(named)]) assert.ok(files.includes(name.replace(/^\.\//, '')), `${name} is missing`);
  for (const file of files) {
    assert.match(file, /^(?:package\.json|LICENSE|README\.md|CHANGELOG\.md|THIRD-PARTY\.md|[\w.-]+\.js|[\w.]+\.d\.ts|bin\/\w+\.js|dist\/[\w.]+\.(?:js|wasm)|dist\/(?:edge|node|workerd)\/[\w-]+\.js|(?:bulk|csv|element|forms|phone|queue|relay|zones)\/[\w-]+\.js|sandbox\/.+\.(?:js|d\.ts|md)|types\/[\w-]+\.d\.ts)$/);
    assert.doesNotMatch(file, /tools|test|bench|node_modules|\.map$/);
  }
});

test('nothing of the builder\'s machine travels in the package', () => {
  const secrets = [root, process.env.HOME].filter((text) => text && text.length > 5);
  for (const file of files) {
    const content = readFileSync(join(folder, 'app', 'node_modules', 'outdial', file), 'latin1');
    for (const text of secrets) assert.ok(!content.includes(text), `${file} names ${text}`);
  }
});

test('it brings no other package along', () => {
  const tree = JSON.parse(npm(['ls', '--all', '--json'], join(folder, 'app')));
  assert.deepEqual(Object.keys(tree.dependencies), ['outdial']);
  assert.equal(tree.dependencies.outdial.dependencies, undefined);
});
