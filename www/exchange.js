import { say } from './dom.js';
import { createForm } from './form.js';
import { isOutdialError } from './outdial.js';
import { createSummary } from './summary.js';
import { createWire } from './wire.js';

/**
 * One operation in the page: its form, the wire beside it, and what came of it.
 * `run(client, input)` does it, `validate(input)` says what is wrong with an input, `onDone(result)` gives the sentence to
 * close with.
 */
export function openExchange(section, platform, { operation, variable, example, mistakes, run, validate, onDone }) {
  const element = section.querySelector('form');
  const [summaryBox, done] = ['summary', 'done'].map((part) => section.querySelector(`[data-part="${part}"]`));
  const form = createForm(element);
  const wire = createWire(section.querySelector('.wire'), platform.config);
  const summary = createSummary(summaryBox);
  const client = platform.connect({ onRequest: wire.showRequest, onAnswer: wire.showAnswer });
  let failedBefore = false;
  let sending = false;

  async function send() {
    if (sending) return;
    setSending(true);
    summary.clear();
    form.show([]);
    say(done, '');
    wire.clear();
    try {
      const result = await run(client, form.read());
      failedBefore = false;
      wire.showResult(result);
      say(done, onDone(result));
    } catch (error) {
      if (!isOutdialError(error)) throw error;
      fail(error);
    } finally {
      setSending(false);
    }
  }

  function fail(error) {
    failedBefore = true;
    wire.showError(error);
    const placed = form.place(error.issues ?? []);
    form.show(placed);
    summary.show(error, placed);
    const first = placed.find(({ field }) => field)?.field;
    (first ?? summary).focus();
  }

  // Not `disabled`: the button keeps the focus, and a second press does nothing.
  function setSending(now) {
    sending = now;
    element.dataset.sending = String(now);
    element.querySelector('[type="submit"]').setAttribute('aria-disabled', String(now));
  }

  function fill(values) {
    form.write(values);
    failedBefore = false;
    summary.clear();
    say(done, '');
    wire.showCode(operation, variable, form.read());
  }

  element.addEventListener('submit', (event) => {
    event.preventDefault();
    send();
  });
  element.addEventListener('input', () => {
    wire.showCode(operation, variable, form.read());
    // Who was told of a mistake sees at once that it is mended; nobody is told of one before asking.
    if (failedBefore) form.show(form.place(validate(form.read())));
  });
  section.querySelector('[data-action="mistakes"]').addEventListener('click', () => fill(mistakes));
  section.querySelector('[data-action="example"]').addEventListener('click', () => fill(example));
  fill(example);

  return { fill, read: form.read };
}
