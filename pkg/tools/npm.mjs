import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fingerprint, isStamped, writeStamp } from './fingerprint.mjs';
import { pkg } from './paths.mjs';
import { run } from './run.mjs';

/**
 * Installs the development packages of a folder exactly as its lock file says; nothing if that was done already. What a package
 * would run when it is installed runs for those alone that `build` names.
 */
export async function ensurePackages(folder = pkg, build = []) {
  const stamp = join(folder, 'node_modules', '.lock-hash');
  const lock = fingerprint([join(folder, 'package-lock.json')], build);
  if (isStamped(stamp, lock)) return;
  const npm = process.env.npm_execpath;
  const [command, args] = npm && existsSync(npm) ? [process.execPath, [npm]] : ['npm', []];
  const todo = 'check that the npm registry can be reached and that package.json and package-lock.json agree (npm --prefix pkg install)';
  await run(command, [...args, 'ci', '--ignore-scripts', '--no-audit', '--no-fund', '--no-update-notifier'], { cwd: folder, todo });
  if (build.length > 0) await run(command, [...args, 'rebuild', '--ignore-scripts=false', ...build], { cwd: folder, todo });
  writeStamp(stamp, lock);
}
