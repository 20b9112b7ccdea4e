import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const RUN = fileURLToPath(new URL('./memory-run.mjs', import.meta.url));

// How much more may be in use in the end than after the first operations.
const MOST_GROWTH = 1.05;

/** Runs operations in a process of their own; gives what was in use at each mark, and tells `onMark` of it. */
export async function measureMemory({ operations, first, seed }, onMark) {
  const child = spawn(process.execPath, ['--expose-gc', RUN, operations, first, seed].map(String), { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = new Promise((resolve) => child.once('close', resolve));
  const marks = [];
  for await (const line of createInterface(child.stdout)) {
    marks.push(JSON.parse(line));
    onMark(marks.at(-1));
  }
  const code = await ended;
  if (code !== 0) throw new Error(`the process ended with ${code}`);
  return marks;
}

/** What has grown from the first mark to the last, in words. */
export function growth(marks) {
  const [from, to] = [marks[0], marks.at(-1)];
  const grown = ['heap', 'wasm', 'objects'].filter((name) => to[name] > from[name] * MOST_GROWTH);
  const left = to.listeners > 0 ? [`${to.listeners} listeners are left at a signal that all operations had`] : [];
  return [...grown.map((name) => `${name} grew from ${from[name]} to ${to[name]}`), ...left];
}
