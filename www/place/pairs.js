import { el, icon } from '../dom.js';

/** Rows of name and value in a fieldset, read as one object. Rows without a name are left out. */
export function createPairs(fieldset) {
  const { one } = fieldset.dataset;
  const rows = el('ul', { className: 'pairs' });
  const add = el('button', { type: 'button', className: 'quiet' }, icon('plus'), `Add a ${one}`);
  add.addEventListener('click', () => addRow('', '').querySelector('input').focus());
  fieldset.querySelector('legend').after(rows);
  rows.after(add);

  function addRow(name, value) {
    const remove = el('button', { type: 'button', className: 'quiet square', 'aria-label': `Remove this ${one}` }, icon('cross'));
    const row = el('li', {}, box('name', name), box('value', value), remove);
    remove.addEventListener('click', () => {
      const next = row.nextElementSibling ?? row.previousElementSibling;
      row.remove();
      (next?.querySelector('input') ?? add).focus();
      fieldset.dispatchEvent(new Event('input', { bubbles: true }));
    });
    rows.append(row);
    return row;
  }

  function box(part, value) {
    return el('input', { value, placeholder: part, 'aria-label': `${part} of the ${one}`, autocomplete: 'off', spellcheck: false });
  }

  return {
    read() {
      const pairs = Array.from(rows.children, (row) => Array.from(row.querySelectorAll('input'), (input) => input.value));
      const named = pairs.filter(([name]) => name !== '');
      return named.length > 0 ? Object.fromEntries(named) : undefined;
    },
    write(object = {}) {
      rows.replaceChildren();
      for (const [name, value] of Object.entries(object)) addRow(name, value);
    },
    get focusable() {
      return rows.querySelector('input') ?? add;
    },
  };
}
