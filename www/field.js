import { el } from './dom.js';
import { createPairs } from './pairs.js';

const asText = (value) => (value === undefined ? '' : String(value));

// How what a control holds becomes a value of the input. What is left empty is left out; what cannot be read goes on as
// it is, since the package says best what is wrong with it.
const READERS = {
  text: (held) => held || undefined,
  number: (held) => (held.trim() === '' ? undefined : Number.isNaN(Number(held)) ? held : Number(held)),
  flag: (held) => (held === '' ? undefined : held === 'true'),
};

/** A control that stands for the path in its `data-path`, with a place beneath it for what is wrong. */
export function createField(control) {
  const { path, kind = 'text' } = control.dataset;
  const pairs = kind === 'pairs' ? createPairs(control) : undefined;
  const problem = el('p', { className: 'problem', id: `${control.id}-problem`, hidden: true });
  if (pairs) control.append(problem);
  else control.closest('.field').append(problem);
  const described = control.getAttribute('aria-describedby');

  return {
    path,
    id: control.id,
    label: (pairs ? control.querySelector('legend') : control.labels[0]).textContent.trim(),
    read: () => (pairs ? pairs.read() : READERS[kind](control.value)),
    write(value) {
      if (pairs) return pairs.write(value);
      control.value = asText(value);
      return control.dispatchEvent(new Event('input', { bubbles: true }));
    },
    /** Shows what is wrong, or with no message that nothing is. */
    show(message) {
      problem.textContent = message ?? '';
      problem.hidden = !message;
      if (message) control.setAttribute('aria-invalid', 'true');
      else control.removeAttribute('aria-invalid');
      const notes = [message && problem.id, described].filter(Boolean).join(' ');
      if (notes) control.setAttribute('aria-describedby', notes);
      else control.removeAttribute('aria-describedby');
    },
    focus() {
      const folded = control.closest('details');
      if (folded) folded.open = true;
      (pairs?.focusable ?? control).focus();
    },
  };
}
