/** Adds `json` to a message whose body is JSON. */
export function readJson(message) {
  try {
    message.json = JSON.parse(message.body);
  } catch {
    // Who needs JSON sees that there is none.
  }
  return message;
}

/**
 * The operation behind a method and a path. `routes` is `[[method, pattern, operation], ...]`.
 * Returns `{ operation, parameter }`, or `{ allowed }`: the methods that the path has (none: there is no such path).
 */
export function findRoute(routes, method, path) {
  const allowed = [];
  for (const [verb, pattern, operation] of routes) {
    const match = pattern.exec(path);
    if (!match) continue;
    if (verb === method) return { operation, parameter: match[1] };
    allowed.push(verb);
  }
  return { allowed };
}
