/** What a vendor answers instead of what was asked for. `fields` are FastAPI's `{ loc, msg, type }` of a schema violation. */
export class Refusal extends Error {
  constructor(status, code, message, { details, fields, headers } = {}) {
    super(message);
    Object.assign(this, { status, code, details, fields, headers });
  }
}

/** A path that is not there, or not with this method: 404, or 405 with `Allow`. */
export function noSuchRoute({ method, path, route: { allowed } }) {
  if (allowed.length === 0) return new Refusal(404, 'not_found', 'The requested resource does not exist', { details: { path } });
  const allow = allowed.join(', ');
  return new Refusal(405, 'method_not_allowed', `${method} is not allowed here (allowed: ${allow})`, { headers: { allow } });
}
