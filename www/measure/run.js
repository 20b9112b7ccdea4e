import { loadPeer } from '../peer.js';
import { corpus, tasks } from './tasks.js';

const ROUNDS = 7;
const ROUND_MS = 40;

const median = (values) => values.toSorted((one, other) => one - other)[values.length >> 1];

/** Nanoseconds for one number: all of them, as often as fit into a round. */
function timeOf(work, numbers) {
  let done = 0;
  const from = performance.now();
  let to = from;
  do {
    for (const number of numbers) work(number);
    done += numbers.length;
    to = performance.now();
  } while (to - from < ROUND_MS);
  return ((to - from) * 1e6) / done;
}

const breath = () => new Promise((resolve) => { setTimeout(resolve, 0); });

/** Both libraries on the same numbers, in turns: `{ numbers, loadMs, rows: [{ title, ours, theirs, agreed }] }`, in nanoseconds. */
export async function measure(onProgress) {
  onProgress('Loading libphonenumber-js/max');
  const from = performance.now();
  const peer = await loadPeer();
  const loadMs = performance.now() - from;
  const numbers = corpus();
  const rows = [];
  for (const { title, ours, theirs } of tasks(peer)) {
    onProgress(title);
    await breath();
    const agreed = numbers.filter((number) => ours(number) === theirs(number)).length;
    const times = { ours: [], theirs: [] };
    for (let round = 0; round < ROUNDS; round += 1) {
      times.ours.push(timeOf(ours, numbers));
      times.theirs.push(timeOf(theirs, numbers));
      await breath();
    }
    rows.push({ title, ours: median(times.ours), theirs: median(times.theirs), agreed });
  }
  return { numbers: numbers.length, loadMs, rows };
}
