import { count, el, plural, svg } from '../dom.js';
import { TYPES } from '../number/words.js';
import { regionName } from '../regions.js';

const MOST_REGIONS = 8;
const BAR_WIDTH = 1_000;

const REASONS = {
  not_a_number: 'not a number: masked, letters',
  required: 'no number',
  too_short: 'too short',
  too_long: 'too long',
  invalid_length: 'a length that does not occur',
  invalid_calling_code: 'no such calling code',
  unassigned: 'not given out',
  local_only: 'without its area code',
  invalid_format: 'a broken row',
};

const wordsOf = (reason) => REASONS[reason] ?? reason.replaceAll('_', ' ');
const ranked = (counts) => Object.entries(counts).sort(([, one], [, other]) => other - one);
const sum = (counts) => Object.values(counts).reduce((total, one) => total + one, 0);
const share = (part, whole) => `${whole === 0 ? 0 : ((100 * part) / whole).toFixed(1)} %`;

/** One bar of what can be sent, what cannot by its reason, and what the policy refuses; the same as a list. */
export function showVerdicts(box, { rows, ok, invalid, refused }) {
  const parts = [
    { kind: 'ok', words: 'valid', value: ok },
    ...ranked(invalid).map(([reason, value]) => ({ kind: 'invalid', words: wordsOf(reason), value })),
    ...ranked(refused).map(([reason, value]) => ({ kind: 'refused', words: `refused by policy: ${TYPES[reason] ?? regionName(reason)}`, value })),
  ];
  const bar = svg('svg', { class: 'stack', viewBox: `0 0 ${BAR_WIDTH} 40`, preserveAspectRatio: 'none', 'aria-hidden': 'true' }, ...PATTERNS());
  let x = 0;
  for (const { kind, value } of parts) {
    const width = rows === 0 ? 0 : (value / rows) * BAR_WIDTH;
    bar.append(svg('rect', { x, y: 0, width, height: 40, class: `part ${kind}` }));
    x += width;
  }
  const list = parts.map(({ kind, words, value }) => el('li', { data: { kind } }, el('span', {}, words), el('b', {}, count(value)), el('span', { className: 'share' }, share(value, rows))));
  box.replaceChildren(
    el('h3', {}, `${plural(rows, 'row')}: ${count(ok)} valid, ${count(sum(invalid))} invalid, ${count(sum(refused))} refused`),
    bar,
    el('ul', { className: 'legend' }, ...list),
  );
}

/** Bars of the countries, the largest first. */
export function showRegions(box, regions) {
  const all = ranked(regions);
  const rest = all.slice(MOST_REGIONS);
  const shown = all.slice(0, MOST_REGIONS).map(([region, value]) => ({ name: regionName(region), value }));
  if (rest.length > 0) shown.push({ name: plural(rest.length, 'other region'), value: rest.reduce((total, [, value]) => total + value, 0) });
  const most = Math.max(1, ...shown.map(({ value }) => value));
  const rows = shown.map(({ name, value }) => el(
    'li',
    {},
    el('span', {}, name),
    svg('svg', { class: 'rank', viewBox: '0 0 100 10', preserveAspectRatio: 'none', 'aria-hidden': 'true' }, svg('rect', { width: (value / most) * 100, height: 10 })),
    el('b', {}, count(value)),
  ));
  box.replaceChildren(el('h3', {}, 'By country'), el('ol', { className: 'ranks' }, ...rows));
}

/** So that the parts of the bar are told apart without colour. */
const PATTERNS = () => [
  svg('defs', {}, hatch('hatch-invalid', 'M0 0L8 8M-2 6L2 10M6 -2L10 2'), hatch('hatch-refused', 'M4 0V8M0 4H8')),
];

const hatch = (id, d) => svg(
  'pattern',
  { id, width: 8, height: 8, patternUnits: 'userSpaceOnUse', class: id },
  svg('rect', { width: 8, height: 8, class: 'ground' }),
  svg('path', { d, class: 'lines' }),
);
