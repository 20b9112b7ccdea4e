import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import test, { before } from 'node:test';
import { pkg, root, tests } from '../../pkg/tools/paths.mjs';

const require = createRequire(join(pkg, 'package.json'));
const tsc = join(dirname(require.resolve('typescript/package.json')), require('typescript/package.json').bin.tsc);
const project = join(root, 'target', 'types');

// The package is found as an application finds it: by its name, through the exports of its package.json.
before(() => {
  rmSync(project, { recursive: true, force: true });
  mkdirSync(join(project, 'node_modules'), { recursive: true });
  cpSync(join(tests, 'types'), project, { recursive: true });
  writeFileSync(join(project, 'package.json'), '{ "type": "module" }\n');
  symlinkSync(pkg, join(project, 'node_modules', 'outdial'));
  symlinkSync(join(pkg, 'node_modules', '@standard-schema'), join(project, 'node_modules', '@standard-schema'));
});

for (const [module, moduleResolution] of [['nodenext', 'nodenext'], ['esnext', 'bundler']]) {
  test(`the types hold and refuse what they promise to, as ${moduleResolution} finds them`, () => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [tsc, '-p', project, '--module', module, '--moduleResolution', moduleResolution], { encoding: 'utf8' });
    assert.equal(status, 0, stdout + stderr);
  });
}
