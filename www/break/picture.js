import { el, svg } from '../dom.js';

const ROW = 46;
const TITLE = 26;
const AXIS = 30;
const GAP = 18;
const LEFT = 4;
const RIGHT = 4;
const BAR = 20;
const LEAST_MS = 1_500;
const STEPS_MS = [250, 500, 1_000, 2_000, 5_000];
const TICK_WIDTH = 64;

const seconds = (ms) => `${(ms / 1000).toFixed(ms % 1000 === 0 ? 0 : 2)} s`;

/** The attempts of each lane `{ title, track, now }` on one axis of time, as wide as `box`. */
export function drawAttempts(box, lanes) {
  const width = Math.max(260, box.clientWidth);
  const span = Math.max(LEAST_MS, ...lanes.map(({ track, now }) => track.end ?? now)) * 1.02;
  const x = (ms) => LEFT + (ms / span) * (width - LEFT - RIGHT);
  const parts = [];
  let y = 0;
  for (const { title, track, now } of lanes) {
    parts.push(svg('text', { x: LEFT, y: y + 16, class: 'lane' }, title));
    y += TITLE;
    const rows = Math.max(1, track.attempts.length);
    track.attempts.forEach((attempt, index) => {
      parts.push(...rowOf(attempt, track.attempts[index + 1], y + index * ROW, x, now, width));
    });
    y += rows * ROW + GAP;
  }
  const drawing = svg('svg', { width, height: y + AXIS, viewBox: `0 0 ${width} ${y + AXIS}`, role: 'img', 'aria-label': 'The attempts on an axis of time; the list below says the same in words' });
  drawing.append(...axis(span, y - GAP / 2, x, width), ...parts);
  box.replaceChildren(drawing);
}

function rowOf({ from, to, outcome, rang, rangAt, again }, next, y, x, now, width) {
  const end = to ?? now;
  const good = /^2\d\d$/.test(outcome ?? '');
  const kind = outcome === undefined ? 'open' : good ? 'good' : 'bad';
  const parts = [svg('rect', { x: x(from), y, width: Math.max(3, x(end) - x(from)), height: BAR, rx: 3, class: `attempt ${kind}` })];
  if (kind === 'bad') parts.push(svg('path', { d: `M${x(end) - 6} ${y + 4}l8 12m0 -12l-8 12`, class: 'broken' }));
  if (rang) parts.push(svg('circle', { cx: x(rangAt), cy: y + BAR / 2, r: 7, class: 'rang' }), svg('path', { d: `M${x(rangAt) - 3} ${y + BAR / 2}a3 3 0 0 1 6 0v2h-6z`, class: 'bell' }));
  if (next && !next.again) parts.push(svg('path', { d: `M${x(end)} ${y + BAR / 2}H${x(next.from)}V${y + ROW - 2}`, class: 'backoff' }));
  const words = `${again ? 'asked again: ' : ''}${outcome ?? 'waiting'}${rang ? ', the phone rang' : ''}`;
  const late = x(from) > width * 0.55;
  parts.push(svg('text', { x: late ? x(end) : x(from), y: y + BAR + 15, class: 'outcome', 'text-anchor': late ? 'end' : 'start' }, words));
  return parts;
}

function axis(span, y, x, width) {
  const step = STEPS_MS.find((ms) => (ms / span) * width >= TICK_WIDTH) ?? 10_000;
  const parts = [svg('path', { d: `M${x(0)} ${y}H${x(span)}`, class: 'axis' })];
  for (let ms = 0; ms <= span; ms += step) {
    const anchor = ms === 0 ? 'start' : x(ms) > x(span) - 20 ? 'end' : 'middle';
    parts.push(svg('path', { d: `M${x(ms)} 0V${y + 5}`, class: 'grid' }), svg('text', { x: x(ms), y: y + 20, class: 'tick', 'text-anchor': anchor }, seconds(ms)));
  }
  return parts;
}

/** The same in words. */
export function writeAttempts(box, lanes) {
  box.replaceChildren(...lanes.map(({ title, track }) => el(
    'section',
    { className: 'ledger' },
    el('h3', {}, title),
    el('ol', {}, ...track.attempts.map((attempt) => el('li', {}, wordsOf(attempt)))),
    el('p', { className: 'outcome-line' }, track.closing ?? ''),
  )));
}

function wordsOf({ from, to, outcome, rang, key, again }) {
  const when = `${Math.round(from)} ms to ${to === undefined ? 'now' : `${Math.round(to)} ms`}`;
  const parts = [`${again ? 'Asked again, ' : ''}${when}: ${outcome ?? 'waiting'}.`];
  if (rang) parts.push('The phone rang.');
  if (key) parts.push(`Key ${key.slice(0, 8)}…`);
  return parts.join(' ');
}
