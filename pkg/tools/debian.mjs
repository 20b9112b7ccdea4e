import { existsSync, readFileSync } from 'node:fs';
import { read } from './run.mjs';

/** Whether a package can be installed without asking anybody: as root on Debian. */
export function isRootOnDebian() {
  const release = '/etc/os-release';
  return process.getuid?.() === 0 && existsSync(release) && /^ID="?debian"?$/m.test(readFileSync(release, 'utf8'));
}

export async function installPackage(name, todo) {
  await read('apt-get', ['update'], { todo });
  await read('apt-get', ['install', '-y', '--no-install-recommends', name], { todo, env: { DEBIAN_FRONTEND: 'noninteractive' } });
}
