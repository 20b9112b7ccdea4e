import { el } from '../dom.js';
import { createPairs } from './pairs.js';

const asText = (value) => (value === undefined ? '' : String(value));

// How what a control holds becomes a value of the input. What is left empty is left out; what cannot be read goes on as
// it is, since the package says best what is wrong with it.
const READERS = {
  text: (held) => held || undefined,
  number: (held) => (held.trim() === '' ? undefined : Number.isNaN(Number(held)) ? held : Number(held)),
  flag: (held) => (held === '' ? undefined : held === 'true'),
};

/** A control that stands for the path in its `data-path`, with places beneath it for a note and for what is wrong. */
export function createField(control) {
  const { path, kind = 'text' } = control.dataset;
  const operation = control.dataset.for === 'both' ? undefined : control.closest('[data-operation]').dataset.operation;
  const pairs = kind === 'pairs' ? createPairs(control) : undefined;
  const problem = el('p', { className: 'problem', id: `${control.id}-problem`, hidden: true });
  const absent = el('p', { className: 'absent', id: `${control.id}-absent`, hidden: true });
  (pairs ? control : control.closest('.field')).append(absent, problem);
  const described = control.getAttribute('aria-describedby');

  function describe() {
    const notes = [!problem.hidden && problem.id, !absent.hidden && absent.id, described].filter(Boolean).join(' ');
    if (notes) control.setAttribute('aria-describedby', notes);
    else control.removeAttribute('aria-describedby');
  }

  return {
    path,
    id: control.id,
    label: (pairs ? control.querySelector('legend') : control.labels[0]).textContent.trim(),
    isOf: (asked) => operation === undefined || operation === asked,
    read() {
      if (control.disabled) return undefined;
      return pairs ? pairs.read() : READERS[kind](control.value);
    },
    write(value) {
      if (pairs) return pairs.write(value);
      control.value = asText(value);
      return control.dispatchEvent(new Event('input', { bubbles: true }));
    },
    /** Whether the platform has a place for it. */
    carry(carried, platform) {
      control.disabled = !carried;
      absent.textContent = carried ? '' : `Not for ${platform}`;
      absent.hidden = carried;
      describe();
    },
    /** Shows what is wrong, or with no message that nothing is. */
    show(message) {
      problem.textContent = message ?? '';
      problem.hidden = !message;
      if (message) control.setAttribute('aria-invalid', 'true');
      else control.removeAttribute('aria-invalid');
      describe();
    },
    focus() {
      const folded = control.closest('details');
      if (folded) folded.open = true;
      (pairs?.focusable ?? control).focus();
    },
  };
}
