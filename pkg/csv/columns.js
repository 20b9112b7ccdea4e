/**
 * Reads a mapping, fields of an input to names of columns: `{ issues, leaves }`, each leaf being the path of a field and its
 * column. A field may hold fields, as customFields does.
 */
export function readMapping(mapping) {
  const issues = [];
  const leaves = isObject(mapping) ? leavesOf(mapping, [], issues) : [];
  if (!isObject(mapping)) issues.push(issue('mapping', 'invalid_type', 'must be an object of fields and the names of their columns'));
  else if (!leaves.some(({ path }) => path.join() === 'phoneNumber')) issues.push(issue('mapping.phoneNumber', 'required', 'is missing'));
  return { issues, leaves };
}

function leavesOf(mapping, outer, issues) {
  return Object.entries(mapping).flatMap(([field, column]) => {
    const path = [...outer, field];
    if (field === '__proto__') {
      issues.push(issue(['mapping', ...path].join('.'), 'invalid_format', 'can be the name of no field'));
      return [];
    }
    if (typeof column === 'string' && column.trim() !== '') return [{ path, column: column.trim() }];
    if (column === undefined || column === null) return [];
    if (isObject(column) && outer.length === 0) return leavesOf(column, path, issues);
    issues.push(issue(['mapping', ...path].join('.'), 'invalid_type', 'must be the name of a column'));
    return [];
  });
}

/** What a file's columns lack of a mapping, or have twice: as issues. */
export function checkColumns(leaves, columns) {
  return leaves.flatMap(({ path, column }) => {
    const count = columns.filter((one) => one === column).length;
    const name = ['mapping', ...path].join('.');
    if (count === 0) return [issue(name, 'unknown_column', `names the column ${quote(column)}, which the file has not: it has ${columns.map(quote).join(', ') || 'none'}`)];
    return count > 1 ? [issue(name, 'ambiguous_column', `names the column ${quote(column)}, which the file has ${count} times`)] : [];
  });
}

/** Makes an input of a row; cells that are empty are left out. */
export function inputReader(leaves, columns) {
  const places = leaves.map(({ path, column }) => ({ path, at: columns.indexOf(column) }));
  return (fields) => {
    const input = {};
    for (const { path: [name, inner], at } of places) {
      const value = fields[at].trim();
      if (value === '') continue;
      if (inner === undefined) {
        input[name] = value;
      } else {
        // What every object inherits, such as `constructor`, is no member of this one.
        if (!Object.hasOwn(input, name)) input[name] = {};
        input[name][inner] = value;
      }
    }
    return input;
  };
}

const isObject = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);
const issue = (path, code, message) => ({ path, code, message });
const quote = (name) => JSON.stringify(name);
