import { el } from '../dom.js';

/** The fields that a column may go to, and what such a column is usually called. */
const FIELDS = [
  { path: 'phoneNumber', title: 'Phone number', usual: /phone|mobile|cell|tel|number|nummer/i },
  { path: 'firstName', title: 'First name', usual: /^(?:first.?name|given.?name|name|vorname)$/i },
  { path: 'lastName', title: 'Last name', usual: /last.?name|surname|family|nachname/i },
  { path: 'email', title: 'E-mail', usual: /mail/i },
  { path: 'customFields', title: 'A field of your own', usual: /plan|id$|order|note/i },
];

/** Controls that say which column is which field. Gives `{ read }`, the mapping that readContactsCsv takes. */
export function showMapping(box, columns) {
  const taken = new Set();
  const selects = FIELDS.map(({ path, title, usual }) => {
    const guess = columns.find(({ name }) => usual.test(name) && !taken.has(name)) ?? (path === 'phoneNumber' ? columns[0] : undefined);
    if (guess) taken.add(guess.name);
    const none = path === 'phoneNumber' ? [] : [el('option', { value: '' }, 'no column')];
    const options = columns.map(({ name, example }) => el('option', { value: name }, example ? `${name}: ${example}` : name));
    const select = el('select', { id: `column-${path}` }, ...none, ...options);
    select.value = guess?.name ?? '';
    return { path, select, element: el('div', { className: 'field' }, el('label', { htmlFor: select.id }, title), select) };
  });
  box.replaceChildren(...selects.map(({ element }) => element));

  return {
    read() {
      const chosen = selects.filter(({ select }) => select.value !== '');
      return Object.fromEntries(chosen.map(({ path, select }) => [path, path === 'customFields' ? { [select.value]: select.value } : select.value]));
    },
  };
}
