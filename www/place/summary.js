import { adviceOn } from './advice.js';
import { el, icon } from '../dom.js';

/** Why an operation failed, above its form: in words, with links to the fields that need another look. */
export function createSummary(box) {
  return {
    clear() {
      box.hidden = true;
      box.replaceChildren();
    },

    show(error, placed) {
      const { title, text } = adviceOn(error.code);
      const parts = [
        el('h2', {}, icon(error.code === 'outcome_unknown' ? 'unknown' : 'warning'), el('span', {}, title), el('code', {}, error.code)),
        el('p', {}, text),
      ];
      if (placed.length > 0) parts.push(el('ul', {}, ...placed.map(listed)));
      else parts.push(el('p', { className: 'message' }, error.message));
      if (error.code === 'outcome_unknown') parts.push(el('p', {}, 'The key of this attempt: ', el('code', {}, error.idempotencyKey)));
      box.dataset.code = error.code;
      box.replaceChildren(...parts);
      box.hidden = false;
    },

    focus() {
      box.focus();
    },
  };
}

function listed({ field, sentence }) {
  if (!field) return el('li', {}, sentence);
  const link = el('a', { href: `#${field.id}` }, sentence);
  link.addEventListener('click', (event) => {
    event.preventDefault();
    field.focus();
  });
  return el('li', {}, link);
}
