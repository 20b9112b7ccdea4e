import { spawn } from 'node:child_process';
import { once } from 'node:events';

/** A process of its own group, so that SIGKILL takes whatever it started too. `ready`: what it prints when it works. */
export async function startProcess(file, { args = [], env = {}, ready } = {}) {
  const child = spawn(process.execPath, [file, ...args], { env: { ...process.env, ...env }, detached: true, stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = once(child, 'exit');
  const kill = async () => {
    if (child.exitCode === null && child.signalCode === null) process.kill(-child.pid, 'SIGKILL');
    await ended;
  };
  const said = ready === undefined ? undefined : await lineOf(child, ready);
  child.stdout.resume();
  return { kill, said };
}

async function lineOf({ stdout }, ready) {
  let text = '';
  for await (const chunk of stdout.setEncoding('utf8').iterator({ destroyOnReturn: false })) {
    text += chunk;
    const found = ready.exec(text);
    if (found) return found[0];
  }
  throw new Error(`it ended before it was ready: ${text}`);
}
