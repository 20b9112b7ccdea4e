import { el, partsOf, say } from '../dom.js';
import { asYouType, parsePhone, regions } from '../outdial.js';
import { regionName } from '../regions.js';
import { call, codeOf, comment, literal } from '../syntax.js';
import { openElement } from './element.js';
import { readPhone } from './reading.js';
import { microsecondsOf } from './stopwatch.js';
import { drawTape } from './tape.js';
import { showTrouble } from './trouble.js';
import { POSSIBILITIES, TYPES } from './words.js';

const WORDS = { empty: 'Nothing yet', typing: 'Go on', yes: 'Valid', no: 'Refused' };

// So that measuring never stands in the way of typing.
const QUIET_MS = 120;

/** A number is formatted, read and judged while it is typed. */
export function openScene(scene) {
  const [input, select] = [scene.querySelector('#number-input'), scene.querySelector('#number-region')];
  const [tape, verdict, note, facts, code, time, trouble, element] = partsOf(scene, 'tape', 'verdict', 'note', 'facts', 'code', 'time', 'trouble', 'element');
  let typist;
  let timer;

  function update() {
    const [text, region] = [input.value, select.value];
    const { state, message, result } = readPhone(text, region);
    verdict.dataset.state = state;
    say(verdict, WORDS[state]);
    say(note, message);
    drawTape(tape, text, result);
    facts.replaceChildren(...factsOf(result?.phone));
    code.replaceChildren(codeOf(call('parsePhone'), '(', literal(text), ', ', `{ region: `, literal(region), ' }', ');\n\n', comment('// gives'), '\n', literal(result ?? parsePhone(text, { region }))));
    time.hidden = true;
    clearTimeout(timer);
    timer = setTimeout(() => measure(text, region), QUIET_MS);
  }

  function measure(text, region) {
    const { microseconds } = microsecondsOf(() => parsePhone(text, { region }));
    time.textContent = `in ${microseconds < 10 ? microseconds.toFixed(2) : microseconds.toFixed(1)} µs`;
    time.hidden = false;
  }

  function format() {
    const { text, caret } = typist.input(input.value, input.selectionStart);
    if (text === input.value) return;
    input.value = text;
    input.setSelectionRange(caret, caret);
  }

  function setRegion() {
    typist = asYouType(select.value);
    void showTrouble(trouble, select.value, put);
    update();
  }

  /** What is pasted stays as it is: what is wrong with it is to be seen. */
  function put(text) {
    input.value = text;
    update();
    input.focus();
  }

  fillRegions(select);
  input.addEventListener('input', ({ inputType }) => {
    if (inputType !== 'insertFromPaste') format();
    update();
  });
  select.addEventListener('change', setRegion);
  openElement(element, () => select.value);
  setRegion();
}

function fillRegions(select) {
  const known = regions().map(({ region, callingCode }) => ({ region, name: `${regionName(region)} (+${callingCode})` }));
  known.sort((one, other) => one.name.localeCompare(other.name, 'en'));
  select.replaceChildren(...known.map(({ region, name }) => el('option', { value: region }, name)));
  const region = home();
  select.value = known.some((one) => one.region === region) ? region : 'US';
}

/** The region of who opens the page, where the browser says. */
function home() {
  try {
    return new Intl.Locale(navigator.language).region;
  } catch {
    // Of a language that is none, such as the C of a machine without a locale.
    return undefined;
  }
}

function factsOf(phone) {
  const rows = [
    ['Region', phone && (phone.region === '001' ? 'of no country' : regionName(phone.region))],
    ['Kind of line', phone && TYPES[phone.type]],
    ['Length', phone && POSSIBILITIES[phone.possibility]],
    ['Calling code', phone && `+${phone.callingCode}`],
    ['E.164', phone?.e164],
    ['International', phone?.international],
    ['National', phone?.national],
    ['Link (RFC 3966)', phone?.uri],
  ];
  return rows.map(([name, value]) => el('div', {}, el('dt', {}, name), el('dd', {}, value ?? '–')));
}
