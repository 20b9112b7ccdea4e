// As many as a sandbox has use for: a longer list can take for ever to read.
const MOST_LISTED = 100_000;

export const isFlag = (value) => typeof value === 'boolean';
export const isText = (value) => typeof value === 'string' && value !== '';
export const isObject = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);
export const oneOf = (...values) => (value) => values.includes(value);
// A gap in a list is no item.
export const listOf = (is) => (value) => Array.isArray(value) && value.length <= MOST_LISTED && Array.from(value).every(is);

export const isRateLimit = (value) => value === false || (Number.isSafeInteger(value) && value > 0);

/**
 * The options with their defaults; `known` is `{ name: { default, is, expects } }`, or `{ name: { members } }` of options
 * within an option. Anything else is refused by name.
 */
export function readOptions(known, given, parent = '') {
  if (!isObject(given)) throw new TypeError(`createSandbox: ${parent ? `option "${parent.slice(0, -1)}"` : 'options'} must be an object`);
  for (const name of Object.keys(given)) {
    if (!Object.hasOwn(known, name)) {
      throw new TypeError(`createSandbox: unknown option "${parent}${name}" (known: ${Object.keys(known).join(', ')})`);
    }
  }
  return Object.fromEntries(Object.entries(known).map(([name, option]) => [name, readOption(`${parent}${name}`, option, given[name])]));
}

function readOption(name, option, value) {
  if (option.members) return readOptions(option.members, value ?? {}, `${name}.`);
  if (value === undefined) return option.default;
  if (!option.is(value)) throw new TypeError(`createSandbox: option "${name}" must be ${option.expects}`);
  return value;
}
