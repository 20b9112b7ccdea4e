import { setAttribute } from './dom.js';

/** Properties that are an attribute: their names, and whether it is a text, there or not, or a list. */
const REFLECTED = {
  name: ['name', 'text'],
  placeholder: ['placeholder', 'text'],
  autocomplete: ['autocomplete', 'text'],
  defaultValue: ['value', 'text'],
  required: ['required', 'flag'],
  disabled: ['disabled', 'flag'],
  readOnly: ['readonly', 'flag'],
  types: ['types', 'list'],
  regions: ['regions', 'list'],
};

const READERS = { text: (value) => value ?? '', flag: (value) => value !== null, list: listOf };
const WRITERS = { text: (value) => value, flag: Boolean, list: (value) => (value ? [value].flat().join(' ') : undefined) };

/** The words of an attribute, between spaces or commas; undefined if there is none. */
function listOf(value) {
  const words = value?.split(/[\s,]+/).filter(Boolean);
  return words?.length > 0 ? words : undefined;
}

/** Gives the elements of a class the properties that only reflect an attribute. */
export function reflectAttributes({ prototype }) {
  for (const [property, [attribute, kind]] of Object.entries(REFLECTED)) {
    Object.defineProperty(prototype, property, {
      configurable: true,
      enumerable: true,
      get() {
        return READERS[kind](this.getAttribute(attribute));
      },
      set(value) {
        setAttribute(this, attribute, WRITERS[kind](value));
      },
    });
  }
}

/** Takes over what was set on an element before its class was known, which would hide the properties of the class. */
export function takeOver(element) {
  for (const name of [...Object.keys(REFLECTED), 'region', 'value', 'text']) {
    if (!Object.hasOwn(element, name)) continue;
    const value = element[name];
    delete element[name];
    element[name] = value;
  }
}
