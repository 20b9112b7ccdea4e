import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { target } from './paths.mjs';
import { run } from './run.mjs';

const tools = join(target, 'tools');

/** The path of a tool from crates.io, such as cargo-fuzz, of this very version, in target/tools; installs it there once. */
export async function ensureCargoTool(crate, version) {
  const tool = join(tools, 'bin', process.platform === 'win32' ? `${crate}.exe` : crate);
  const record = join(tools, '.crates.toml');
  if (existsSync(tool) && existsSync(record) && readFileSync(record, 'utf8').includes(`"${crate} ${version} (`)) return tool;
  // Optimized they would run no shorter than they take longer to build.
  console.log(`installing ${crate} ${version} into target/tools, once: it takes minutes`);
  await run('cargo', ['install', crate, '--version', version, '--locked', '--profile', 'dev', '--root', tools, '--force', '--quiet'], {
    todo: 'check that crates.io can be reached and that a C compiler (cc) is installed',
  });
  return tool;
}
