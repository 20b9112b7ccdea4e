import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { root } from './paths.mjs';

/** A command that did not end well: what was run, how it ended, and what a person can do about it. */
export class CommandError extends Error {
  constructor(command, ending, todo, output = '') {
    super(`${command} ${ending}${output && `\n${output.trimEnd()}`}`);
    Object.assign(this, { name: 'CommandError', command, ending, todo });
  }
}

/** Runs a command in the repository's root with its output shown; throws a CommandError unless it exits with 0. */
export async function run(command, args, { todo, cwd = root, env } = {}) {
  await spawned(command, args, { todo, cwd, env, stdio: ['ignore', 'inherit', 'inherit'] });
}

/** The same, but gives what the command prints, and shows it only if the command fails. */
export function read(command, args, { todo, cwd = root, env } = {}) {
  return spawned(command, args, { todo, cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
}

async function spawned(command, args, { todo, cwd, env, stdio }) {
  const line = [command, ...args].join(' ');
  const child = spawn(command, args, { cwd, env: { ...withoutNpm(process.env), ...env }, stdio });
  const output = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr']) child[name]?.setEncoding('utf8').on('data', (text) => (output[name] += text));
  let ending;
  try {
    const [code, signal] = await once(child, 'close');
    ending = code === 0 ? undefined : signal ? `was ended by ${signal}` : `exited with ${code}`;
  } catch (cause) {
    ending = cause.code === 'ENOENT' ? 'was not found' : `could not start (${cause.message})`;
  }
  if (ending) throw new CommandError(line, ending, todo, output.stdout + output.stderr);
  return output.stdout;
}

// `npm --prefix pkg run …` hands its own prefix down, and an npm, npx or node-gyp further in would obey it.
function withoutNpm(env) {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !/^npm_(?:config_(?:local_|global_)?prefix|lifecycle|package)/i.test(name)));
}
