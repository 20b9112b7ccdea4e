import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { installPackage, isRootOnDebian } from './debian.mjs';
import { read, run } from './run.mjs';

/**
 * The paths of llvm-cov and llvm-profdata as cargo-llvm-cov asks for them: those named by the environment, those of the
 * toolchain, or those of the LLVM release that rustc was built with, installed where that needs no question.
 */
export async function ensureLlvmTools() {
  const { LLVM_COV, LLVM_PROFDATA } = process.env;
  if (LLVM_COV && LLVM_PROFDATA) return { LLVM_COV, LLVM_PROFDATA };
  const library = (await read('rustc', ['--print', 'target-libdir'])).trim();
  const own = (tool) => join(library, '..', 'bin', process.platform === 'win32' ? `${tool}.exe` : tool);
  if (existsSync(own('llvm-cov'))) return { LLVM_COV: own('llvm-cov'), LLVM_PROFDATA: own('llvm-profdata') };
  const [, release] = /^LLVM version: (\d+)/m.exec(await read('rustc', ['-vV']));
  const debian = { LLVM_COV: `/usr/bin/llvm-cov-${release}`, LLVM_PROFDATA: `/usr/bin/llvm-profdata-${release}` };
  if (existsSync(debian.LLVM_COV)) return debian;
  const todo = `install the llvm-tools of rustup, or LLVM ${release}, or set LLVM_COV and LLVM_PROFDATA`;
  if (!isRootOnDebian()) {
    await run('rustup', ['component', 'add', 'llvm-tools'], { todo });
    return { LLVM_COV: own('llvm-cov'), LLVM_PROFDATA: own('llvm-profdata') };
  }
  console.log(`installing LLVM ${release} from Debian's packages, once`);
  await installPackage(`llvm-${release}`, todo);
  return debian;
}
