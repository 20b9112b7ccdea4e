/** What Truedy answers instead of what was asked for. `fields` are FastAPI's `{ loc, msg, type }` of a schema violation. */
export class Refusal extends Error {
  constructor(status, code, message, { details, fields, headers } = {}) {
    super(message);
    Object.assign(this, { status, code, details, fields, headers });
  }
}

export const notFound = (resource, id) =>
  new Refusal(404, 'not_found', 'The requested resource does not exist', { details: { resource, id } });

export const ruleBroken = (message) => new Refusal(422, 'validation_error', message);
