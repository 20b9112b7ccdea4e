import { el, icon, partsOf, plural, say } from '../dom.js';
import { adviceOn } from '../place/advice.js';
import { PLATFORMS } from '../place/platforms.js';
import { FAULTS } from './faults.js';
import { drawAttempts, writeAttempts } from './picture.js';
import { openTrial } from './trial.js';

const OURS = 'outdial';
const THEIRS = 'A loop of three tries';

/** One call under faults, placed by outdial and by a plain loop, and a picture of both. */
export function openScene(scene) {
  const [form, toggles, keys, running, rings, picture, ledger] = partsOf(scene, 'faults', 'toggles', 'keys', 'running', 'rings', 'picture', 'ledger');
  const lanes = [{ title: OURS, track: { attempts: [], rung: 0 } }, { title: THEIRS, track: { attempts: [], rung: 0 } }];
  let busy = false;

  function draw() {
    const shown = lanes.map(({ title, track, trial }) => ({ title, track, now: trial?.now() ?? 0 }));
    drawAttempts(picture, shown);
    showRings(rings, lanes);
  }

  /** Draws while `work` goes on. */
  async function play(work) {
    if (busy) return;
    busy = true;
    form.querySelector('[type="submit"]').setAttribute('aria-disabled', 'true');
    const step = () => {
      draw();
      if (busy) requestAnimationFrame(step);
    };
    requestAnimationFrame(step);
    try {
      await work();
    } finally {
      busy = false;
      form.querySelector('[type="submit"]').setAttribute('aria-disabled', 'false');
      draw();
    }
  }

  async function run() {
    const provider = new FormData(form).get('break-platform');
    const faults = new FormData(form).getAll('fault');
    say(running, 'Running …');
    ledger.replaceChildren();
    for (const lane of lanes) {
      lane.trial = openTrial(provider, faults);
      lane.track = lane.trial.track;
    }
    const [ours, theirs] = lanes;
    await Promise.all([ours.trial.place(), theirs.trial.loop()]);
    for (const lane of lanes) lane.track.closing = closingOf(lane.track);
    report(provider);
  }

  function report(provider) {
    const [ours, theirs] = lanes;
    writeAttempts(ledger, lanes);
    if (ours.track.error?.code === 'outcome_unknown') ledger.firstElementChild.append(...afterUnknown(provider));
    say(running, `Done. With outdial the phone rang ${times(ours.track.rung)}, with the loop ${times(theirs.track.rung)}.`);
  }

  function afterUnknown(provider) {
    if (!PLATFORMS[provider].honoursKeys) {
      return [el('p', { className: 'hint' }, `${PLATFORMS[provider].title} does not promise one call per key, so outdial does not ask again by itself. Look whether the call exists.`)];
    }
    const again = el('button', { type: 'button', className: 'secondary' }, 'Ask again under its key');
    again.addEventListener('click', () => void play(() => resume(provider)));
    return [again];
  }

  async function resume(provider) {
    const [{ trial, track }] = lanes;
    const before = track.attempts.length;
    await trial.resume();
    for (const attempt of track.attempts.slice(before)) attempt.again = true;
    track.closing = closingOf(track);
    report(provider);
  }

  function explainKeys() {
    const { title, honoursKeys } = PLATFORMS[new FormData(form).get('break-platform')];
    say(keys, honoursKeys ? `${title} honours idempotency keys: under one key it dials once, however often it is asked.` : `${title} honours no idempotency key: what may have rung is never asked for twice.`);
  }

  toggles.replaceChildren(...FAULTS.map(toggleOf));
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    void play(run);
  });
  form.addEventListener('change', explainKeys);
  new ResizeObserver(() => { if (!busy) draw(); }).observe(picture);
  explainKeys();
  draw();
}

function toggleOf({ id, title, text, on }) {
  const box = el('input', { type: 'checkbox', id: `fault-${id}`, name: 'fault', value: id, checked: Boolean(on), role: 'switch', 'aria-describedby': `fault-${id}-text` });
  return el('li', {}, box, el('label', { htmlFor: box.id }, title), el('p', { id: `fault-${id}-text`, className: 'hint' }, text));
}

const times = (rung) => (rung === 1 ? 'once' : rung === 0 ? 'not at all' : rung === 2 ? 'twice' : plural(rung, 'time'));

function showRings(box, lanes) {
  const shown = lanes.map(({ track }) => track.rung).join();
  if (box.dataset.shown === shown) return;
  box.dataset.shown = shown;
  box.replaceChildren(...lanes.map(({ title, track }) => el(
    'p',
    { className: 'plate ring', data: { rung: String(track.rung) } },
    el('span', {}, icon('ring'), 'Phones that rang'),
    el('b', {}, String(track.rung)),
    el('span', {}, title),
  )));
}

function closingOf({ call, error }) {
  if (call) return `The call is placed: ${call.status}.`;
  const { title } = adviceOn(error.code);
  return `${error.code}: ${title}.${error.code === 'outcome_unknown' ? ` Key ${error.idempotencyKey.slice(0, 8)}…` : ''}`;
}
