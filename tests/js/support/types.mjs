import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { pkg, target, tests } from '../../../pkg/tools/paths.mjs';

const require = createRequire(join(pkg, 'package.json'));

/** The oldest TypeScript that is promised, and the current one, by the names of their packages. */
export const COMPILERS = ['typescript-5.4', 'typescript'];

/** How packages are found; the module format goes with it. */
export const RESOLUTIONS = ['nodenext', 'bundler'];

/** Copies tests/types with more files into target/, where the package is found as an application finds it: by its name. */
export function layProject(name, files = {}) {
  const project = join(target, name);
  rmSync(project, { recursive: true, force: true });
  mkdirSync(join(project, 'node_modules'), { recursive: true });
  cpSync(join(tests, 'types'), project, { recursive: true });
  for (const [file, text] of Object.entries({ 'package.json': '{ "type": "module" }\n', ...files })) writeFileSync(join(project, file), text);
  symlinkSync(pkg, join(project, 'node_modules', 'outdial'));
  symlinkSync(join(pkg, 'node_modules', '@standard-schema'), join(project, 'node_modules', '@standard-schema'));
  return project;
}

/** What a compiler says of the project that was laid: nothing, if all is well. */
export function checkTypes(name, compiler, moduleResolution, config = 'tsconfig.json') {
  const found = require.resolve(`${compiler}/package.json`);
  const tsc = join(dirname(found), require(found).bin.tsc);
  const module = moduleResolution === 'bundler' ? 'esnext' : moduleResolution;
  const args = [tsc, '-p', join(target, name, config), '--module', module, '--moduleResolution', moduleResolution, '--pretty', 'false'];
  return new Promise((resolve) => {
    execFile(process.execPath, args, { encoding: 'utf8' }, (error, stdout, stderr) => resolve(error ? `${stdout}${stderr}` || String(error) : ''));
  });
}
