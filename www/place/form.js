import { createField } from './field.js';

/**
 * The fields of both operations, in the order of the page. `read(operation)` gives those of one as its input; issues are put
 * beside the fields.
 */
export function createForm(scene) {
  const fields = Array.from(scene.querySelectorAll('[data-path]'), createField);

  const of = (operation) => fields.filter((field) => field.isOf(operation));
  const fieldAt = (operation, path) => of(operation).find((field) => path === field.path || path.startsWith(`${field.path}.`));

  function read(operation) {
    const input = {};
    for (const field of of(operation)) {
      const value = field.read();
      if (value === undefined) continue;
      const names = field.path.split('.');
      const last = names.pop();
      const object = names.reduce((outer, name) => (outer[name] ??= {}), input);
      object[last] = value;
    }
    return input;
  }

  function write(values) {
    for (const field of fields) {
      field.write(field.path.split('.').reduce((object, name) => object?.[name], values));
      field.show();
    }
  }

  /** Says of each field whether the platform can carry it: by the first name of its path. */
  function carry({ title, contact, call }) {
    const carried = { createContact: contact, createCall: call };
    for (const field of fields) {
      const [first] = field.path.split('.');
      field.carry(Object.entries(carried).some(([operation, names]) => field.isOf(operation) && names.includes(first)), title);
    }
  }

  /** Each issue with the field that it belongs to, if there is one, and a sentence; in the order of the page. */
  function place(operation, issues) {
    return issues
      .map((issue) => {
        const field = fieldAt(operation, issue.path);
        // 'must be …' goes on from the name of the field, 'Too short …' stands by itself.
        const colon = /^\p{Lu}/u.test(issue.message) ? ':' : '';
        return { field, sentence: `${field?.label ?? issue.path}${colon} ${issue.message}.`.trim() };
      })
      .sort((one, other) => order(one) - order(other));
  }

  const order = ({ field }) => (field ? fields.indexOf(field) : fields.length);

  function show(placed) {
    for (const field of fields) {
      field.show(placed.filter((one) => one.field === field).map((one) => one.sentence).join(' '));
    }
  }

  return { read, write, carry, place, show };
}
