/** Assertions for cases that run in Node and in pages alike. */
export function ok(value, message = `${show(value)} is not truthy`) {
  if (!value) throw new Error(message);
}

export function equal(actual, expected, message = 'not equal') {
  ok(Object.is(actual, expected), `${message}: ${show(actual)}, expected ${show(expected)}`);
}

/** Plain data, arrays and primitives: the same keys with the same values. */
export function deepEqual(actual, expected, message = 'not equal') {
  const path = difference(actual, expected, '$');
  ok(path === undefined, `${message} at ${path}: ${show(actual)}, expected ${show(expected)}`);
}

/** Gives the error with which `promise` rejects, after comparing the fields named in `expected`. */
export async function rejects(promise, expected = {}) {
  const settled = await promise.then((value) => ({ value }), (error) => ({ error }));
  ok('error' in settled, `resolved with ${show(settled.value)}, expected a rejection`);
  for (const [field, value] of Object.entries(expected)) deepEqual(settled.error?.[field], value, `${field} of ${settled.error}`);
  return settled.error;
}

function difference(actual, expected, path) {
  if (Object.is(actual, expected)) return undefined;
  if (kind(actual) !== kind(expected) || !['Object', 'Array'].includes(kind(actual))) return path;
  for (const key of new Set([...Object.keys(actual), ...Object.keys(expected)])) {
    const inner = `${path}.${key}`;
    if (!Object.hasOwn(actual, key) || !Object.hasOwn(expected, key)) return inner;
    const found = difference(actual[key], expected[key], inner);
    if (found) return found;
  }
  return undefined;
}

// By its tag, not its constructor: data of another realm is data too.
function kind(value) {
  return Object.prototype.toString.call(value).slice(8, -1);
}

function show(value) {
  try {
    return JSON.stringify(value, (_, inner) => (inner === undefined ? '(undefined)' : inner)) ?? String(value);
  } catch {
    return String(value);
  }
}
