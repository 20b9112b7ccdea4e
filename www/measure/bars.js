import { count, el, svg } from '../dom.js';

const OURS = 'outdial';
const THEIRS = 'libphonenumber-js/max';

const timeOf = (ns) => (ns < 1_000 ? `${Math.round(ns)} ns` : `${(ns / 1_000).toFixed(ns < 10_000 ? 2 : 1)} µs`);
const ratioOf = (ratio) => (ratio < 10 ? ratio.toFixed(1) : String(Math.round(ratio)));

function bar(name, kind, value, most, words) {
  const drawing = svg('svg', { class: `bar ${kind}`, viewBox: '0 0 1000 10', preserveAspectRatio: 'none', 'aria-hidden': 'true' });
  drawing.append(svg('rect', { width: Math.max(2, (value / most) * 1_000), height: 10 }));
  return el('div', { className: 'bar-row' }, el('span', { className: 'bar-name' }, name), drawing, el('b', {}, words));
}

/** Two bars for each task, as long as their times; the shorter is the quicker. */
export function showBars(box, { numbers, rows }) {
  box.replaceChildren(...rows.map(({ title, ours, theirs, agreed }) => {
    const most = Math.max(ours, theirs);
    const [ratio, who] = ours <= theirs ? [theirs / ours, OURS] : [ours / theirs, THEIRS];
    return el(
      'section',
      {},
      el('h2', {}, title),
      el('p', { className: 'ratio' }, el('b', {}, `${ratioOf(ratio)} ×`), ` ${who} is quicker`),
      bar(OURS, 'ours', ours, most, timeOf(ours)),
      bar(THEIRS, 'theirs', theirs, most, timeOf(theirs)),
      el('p', { className: 'hint' }, `The same answer for ${count(agreed)} of ${count(numbers)} numbers.`),
    );
  }));
}
