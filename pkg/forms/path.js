/** The keys of a path such as `customFields.plan`. A name of `value` may have dots of its own. */
export function pathOf(path, value) {
  try {
    return keysOf(path, value);
  } catch {
    // A value that cannot be read.
    return path.split('.');
  }
}

function keysOf(path, value) {
  const keys = [];
  for (let rest = path, at = value; rest !== ''; ) {
    const name = nameIn(at, rest) ?? rest.split('.', 1)[0];
    keys.push(Array.isArray(at) && /^\d+$/.test(name) ? Number(name) : name);
    rest = rest.slice(name.length + 1);
    at = at?.[name];
  }
  return keys;
}

/** The longest name of a member that `path` begins with. */
function nameIn(value, path) {
  // A form has many members that it should not have, and each is looked for.
  if (Object.hasOwn(value ?? {}, path)) return path;
  const fitting = Object.keys(value ?? {}).filter((name) => name !== '' && `${path}.`.startsWith(`${name}.`));
  return fitting.sort((one, other) => other.length - one.length)[0];
}
