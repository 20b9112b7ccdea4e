import { el, icon, say } from '../dom.js';
import { createPlayback, isActive } from './playback.js';

const WORDS = {
  queued: 'queued', ringing: 'ringing', in_progress: 'in progress', completed: 'completed', no_answer: 'no answer',
  busy: 'busy', voicemail: 'voicemail', failed: 'failed',
};
const ICONS = { completed: 'check', voicemail: 'tape', no_answer: 'silent', busy: 'busy', failed: 'cross' };
const ON_THE_WAY = ['queued', 'ringing', 'in_progress'];
const MOST_CARDS = 4;

/** The lives of the calls that are followed, the latest first, as the sandbox plays them. */
export function openTimeline(section, sandbox) {
  const part = (name) => section.querySelector(`[data-part="${name}"]`);
  const [list, empty, spoken, skip] = [part('calls'), part('empty'), part('spoken'), part('skip')];
  const cards = new Map();

  const playback = createPlayback(sandbox, (calls) => {
    for (const call of calls) cards.get(call.id)?.update(call, sandbox.now);
    skip.disabled = !calls.some(isActive);
  });

  /** Takes up the calls that are new. Not every platform names the call in its answer, so the sandbox is asked. */
  function follow() {
    for (const { id } of sandbox.calls.filter((call) => !cards.has(call.id))) {
      const card = createCard((text) => say(spoken, text));
      cards.set(id, card);
      list.prepend(card.element);
      while (list.children.length > MOST_CARDS) list.lastElementChild.remove();
    }
    empty.hidden = cards.size > 0;
    playback.start();
  }

  skip.addEventListener('click', () => playback.skip());
  for (const choice of section.querySelectorAll('input[name="speed"]')) {
    choice.addEventListener('change', () => playback.setSpeed(Number(choice.value)));
    if (choice.checked) playback.setSpeed(Number(choice.value));
  }
  return { follow };
}

function createCard(speak) {
  const seen = new Map();
  const number = el('span', { className: 'number' });
  const badge = el('span', { className: 'badge' });
  const steps = el('ol', { className: 'rail' });
  const closing = el('p', { className: 'closing' });
  const element = el('li', { className: 'life' }, el('header', {}, number, badge), steps, closing);

  return {
    element,
    update(call, now) {
      closing.textContent = closingWords(call, now);
      if (seen.has(call.status)) return;
      seen.set(call.status, Date.parse(call.updated_at) - Date.parse(call.created_at));
      number.textContent = call.phone_number;
      badge.dataset.status = call.status;
      badge.textContent = WORDS[call.status];
      element.dataset.status = call.status;
      steps.replaceChildren(...stations(call, seen));
      speak(`The call to ${call.phone_number} is ${WORDS[call.status]}.`);
    },
  };
}

/** The three steps on the way and how it ends. A step is passed, current, ahead or left out. */
function stations(call, seen) {
  const ended = !isActive(call);
  const way = ON_THE_WAY.map((status) => {
    if (status === call.status) return station(status, 'current', seen.get(status));
    if (seen.has(status)) return station(status, 'passed', seen.get(status));
    return station(status, ended ? 'left-out' : 'ahead');
  });
  return [...way, ended ? station(call.status, 'current', seen.get(call.status)) : station(undefined, 'ahead')];
}

function station(status, state, afterMs) {
  const mark = el('span', { className: 'mark' }, ...(ICONS[status] ? [icon(ICONS[status])] : []));
  const time = el('span', { className: 'after' }, afterMs === undefined ? (state === 'left-out' ? 'left out' : '') : seconds(afterMs));
  const step = el('li', { data: { state } }, mark, el('span', { className: 'step' }, WORDS[status] ?? 'end'), time);
  if (status) step.dataset.status = status;
  if (state === 'current') step.setAttribute('aria-current', 'step');
  return step;
}

const seconds = (ms) => `${(ms / 1000).toFixed(ms < 10_000 ? 1 : 0)} s`;

function closingWords(call, now) {
  if (isActive(call)) return `${seconds(Math.max(0, now - Date.parse(call.created_at)))} since it was placed`;
  const problem = call.last_error ?? call.context?.last_error;
  if (problem) return problem;
  const talked = spokenSeconds(call);
  const words = talked ? `${talked} s on the line` : 'Nobody spoke';
  // Truedy alone tells what a call costs.
  if (call.cost_usd === undefined) return words;
  return call.cost_usd === null ? `${words}; it cost nothing` : `${words}; $${call.cost_usd.toFixed(3)}`;
}

function spokenSeconds({ duration_seconds: seconds, started_at: from, ended_at: to }) {
  if (seconds !== undefined) return seconds;
  return from && to ? Math.round((Date.parse(to) - Date.parse(from)) / 1000) : null;
}
