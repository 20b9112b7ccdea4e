import { createField } from './field.js';

/** The fields of a form as one input object, and the issues of that object beside the fields. */
export function createForm(form) {
  const fields = Array.from(form.querySelectorAll('[data-path]'), createField);
  const fieldAt = (path) => fields.find((field) => path === field.path || path.startsWith(`${field.path}.`));

  function read() {
    const input = {};
    for (const field of fields) {
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

  /** Each issue with the field that it belongs to, if there is one, and a sentence; in the order of the page. */
  function place(issues) {
    return issues
      .map((issue) => {
        const field = fieldAt(issue.path);
        return { field, sentence: `${field?.label ?? issue.path} ${issue.message}.`.trim() };
      })
      .sort((one, other) => order(one) - order(other));
  }

  const order = ({ field }) => (field ? fields.indexOf(field) : fields.length);

  function show(placed) {
    for (const field of fields) {
      field.show(placed.filter((one) => one.field === field).map((one) => one.sentence).join(' '));
    }
  }

  return { read, write, place, show };
}
