import { partsOf, say } from '../dom.js';
import { createCall, createContact, isOutdialError, validateCall, validateContact } from '../outdial.js';
import { EXAMPLE, MISTAKES } from './examples.js';
import { createForm } from './form.js';
import { PLATFORMS } from './platforms.js';
import { createSummary } from './summary.js';
import { createWire } from './wire.js';

const LAST_WORDS = {
  failed: 'The platform answered that it took the call, and still it failed: the body says so.',
  queued: 'The call is placed.',
  unknown: 'The call is placed; the platform says no more of it.',
};

const OPERATIONS = {
  createContact: {
    variable: 'contact',
    run: createContact,
    validate: validateContact,
    closing: () => 'The contact is created. The answer has its id.',
  },
  createCall: {
    variable: 'call',
    run: createCall,
    validate: validateCall,
    closing: ({ status }) => LAST_WORDS[status] ?? `The call is ${status}.`,
  },
};

const REHEARSE_AFTER_MS = 150;

/**
 * The form, the wire beside it, and what came of it; `onCall()` hears that a call was placed. While it is filled in, the wire
 * shows the request that would be sent.
 */
export function openExchange(scene, platform, onCall) {
  const [summaryBox, done, platforms] = partsOf(scene, 'summary', 'done', 'platforms');
  const form = createForm(scene);
  const wire = createWire(scene.querySelector('.wire'), platform.code);
  const summary = createSummary(summaryBox);
  let provider = platforms.querySelector(':checked').value;
  let last = 'createContact';
  let failedBefore = false;
  let sending = false;
  let rehearsal = 0;
  let timer;

  async function send(operation) {
    if (sending) return;
    last = operation;
    setSending(true);
    forget();
    wire.clear();
    try {
      const client = platform.connect(provider, { onRequest: wire.addRequest, onAnswer: wire.showAnswer });
      wire.showCode(operation, OPERATIONS[operation].variable, form.read(operation), provider);
      const result = await OPERATIONS[operation].run(client, form.read(operation));
      wire.showResult(result);
      say(done, OPERATIONS[operation].closing(result));
      if (operation === 'createCall') onCall();
    } catch (error) {
      if (!isOutdialError(error)) throw error;
      fail(operation, error);
    } finally {
      setSending(false);
    }
  }

  function fail(operation, error) {
    failedBefore = true;
    wire.showError(error);
    const placed = form.place(operation, error.issues ?? []);
    form.show(placed);
    summary.show(error, placed);
    const first = placed.find(({ field }) => field)?.field;
    (first ?? summary).focus();
  }

  function forget() {
    clearTimeout(timer);
    rehearsal += 1;
    failedBefore = false;
    summary.clear();
    form.show([]);
    say(done, '');
  }

  // Not `disabled`: the button keeps the focus, and a second press does nothing.
  function setSending(now) {
    sending = now;
    for (const button of scene.querySelectorAll('[type="submit"]')) button.setAttribute('aria-disabled', String(now));
  }

  /** Shows the code and the request of the operation that is being filled in. */
  async function rehearse() {
    rehearsal += 1;
    const [mine, operation] = [rehearsal, last];
    const { run, variable } = OPERATIONS[operation];
    const input = form.read(operation);
    wire.showCode(operation, variable, input, provider);
    const requests = await platform.rehearse(provider, (client, options) => run(client, input, options));
    if (mine === rehearsal && !sending) wire.rehearse(requests);
  }

  function rehearseSoon() {
    clearTimeout(timer);
    timer = setTimeout(() => void rehearse(), REHEARSE_AFTER_MS);
  }

  function fill(values) {
    form.write(values);
    forget();
    void rehearse();
  }

  function choose(chosen) {
    provider = chosen;
    form.carry(PLATFORMS[provider]);
    forget();
    void rehearse();
  }

  for (const element of scene.querySelectorAll('form')) {
    const { operation } = element.dataset;
    element.addEventListener('submit', (event) => {
      event.preventDefault();
      void send(operation);
    });
    element.addEventListener('focusin', () => {
      if (last === operation || sending) return;
      last = operation;
      rehearseSoon();
    });
  }
  scene.addEventListener('input', ({ target }) => {
    if (!target.closest('[data-path]')) return;
    rehearseSoon();
    // Who was told of a mistake sees at once that it is mended; nobody is told of one before asking.
    if (failedBefore) form.show(form.place(last, OPERATIONS[last].validate(provider, form.read(last))));
  });
  platforms.addEventListener('change', ({ target }) => choose(target.value));
  scene.querySelector('[data-action="mistakes"]').addEventListener('click', () => fill(MISTAKES));
  scene.querySelector('[data-action="example"]').addEventListener('click', () => fill(EXAMPLE));
  form.write(EXAMPLE);
  choose(provider);
}
