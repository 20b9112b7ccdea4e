import { count, el } from '../dom.js';

const WINDOW_MS = 3_000;

const clock = (ms) => {
  const seconds = Math.ceil(ms / 1000);
  return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
};

/** How a sending goes on: `update(progress)` with the worker's counts, of `total` rows that can be sent. */
export function createGauges(box, bar, percent, total) {
  const names = { created: 'Created', failed: 'Failed', leftOut: 'Left out', rate: 'Rate', left: 'Time left' };
  const values = Object.fromEntries(Object.keys(names).map((name) => [name, el('dd', {}, '–')]));
  const seen = [];
  box.replaceChildren(...Object.entries(names).map(([name, title]) => el('div', {}, el('dt', {}, title), values[name])));

  return {
    update({ created, failed, leftOut, ms }) {
      const done = created + failed;
      seen.push({ ms, done });
      while (seen.length > 2 && ms - seen[0].ms > WINDOW_MS) seen.shift();
      const [first] = seen;
      const rate = ms > first.ms ? (done - first.done) / (ms - first.ms) : done / Math.max(1, ms);
      const part = total === 0 ? 1 : done / total;
      bar.value = part;
      percent.textContent = `${Math.floor(part * 100)} %`;
      values.created.textContent = count(created);
      values.failed.textContent = count(failed);
      values.leftOut.textContent = count(leftOut);
      values.rate.textContent = `${count(Math.round(rate * 1000))} a second`;
      values.left.textContent = done >= total ? 'none' : rate > 0 ? clock((total - done) / rate) : '–';
    },
  };
}
