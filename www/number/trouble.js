import { el, icon } from '../dom.js';
import { checkPolicy, isOutdialError, parsePhone } from '../outdial.js';
import { regionName } from '../regions.js';
import { TYPES } from './words.js';

const TEXTS = [
  ['+9198765xxxxx', 'masked'],
  ['1-800-FLOWERS', 'letters'],
  ['+870 773 111 632', 'satellite'],
  ['+1 900 555 0123', 'premium rate'],
  ['+1 415\u200b 555 2671', 'an invisible character'],
  ['Tel. +44 20 7946 0958', 'text before it'],
  ['+44 20 7946 0958', 'nothing wrong'],
];

/** Strict and lenient side by side for texts that lists hold; `onChoose(text)` is asked to put one into the field. */
export async function showTrouble(group, region, onChoose) {
  group.replaceChildren(...(await Promise.all(TEXTS.map(([text, what]) => rowOf(text, what, region, onChoose)))));
}

async function rowOf(text, what, region, onChoose) {
  const put = el('button', { type: 'button', className: 'chip' }, el('b', {}, text.replace('\u200b', '␣')));
  put.addEventListener('click', () => onChoose(text));
  const [strict, lenient] = ['strict', 'lenient'].map((mode) => parsePhone(text, { region, mode }));
  return el(
    'div',
    { role: 'row' },
    el('span', { role: 'rowheader' }, put, el('span', { className: 'what' }, what)),
    cell('Strict', strict.ok, reading(strict)),
    cell('Lenient', lenient.ok, reading(lenient), lenient.ok && !strict.ok),
    cell('createCall', ...(await wouldDial(strict))),
  );
}

function cell(name, good, text, strange = false) {
  const kind = strange ? 'strange' : good ? 'yes' : 'no';
  const mark = icon({ strange: 'warning', yes: 'check', no: 'cross' }[kind]);
  return el('span', { role: 'cell', data: { kind, name } }, mark, el('span', {}, text));
}

const reading = (result) => (result.ok ? `${result.phone.e164}, ${TYPES[result.phone.type]}` : result.message);

/** What createCall says under its default policy. */
async function wouldDial({ ok, phone, message }) {
  if (!ok) return [false, `No: ${message}`];
  try {
    const { allowed, rule, type, region } = await checkPolicy({}, phone.e164);
    if (allowed) return [true, 'Yes'];
    return [false, `No, by policy: ${rule === 'types' ? TYPES[type] : regionName(region)}`];
  } catch (error) {
    if (!isOutdialError(error)) throw error;
    return [false, `No: ${error.issues[0].message}`];
  }
}
