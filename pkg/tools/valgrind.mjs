import { installPackage, isRootOnDebian } from './debian.mjs';
import { read } from './run.mjs';

/** The command of valgrind; installs it where that needs no question: as root on Debian. */
export async function ensureValgrind() {
  const present = () => read('valgrind', ['--version']).then(() => true, () => false);
  if (await present()) return 'valgrind';
  const todo = 'install valgrind (Debian: sudo apt-get install valgrind); there is none for Windows and current macOS';
  if (!isRootOnDebian()) throw Object.assign(new Error('no valgrind was found'), { todo });
  console.log('installing valgrind from Debian\'s packages, once');
  await installPackage('valgrind', todo);
  return 'valgrind';
}
