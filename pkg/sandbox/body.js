import { check } from './schema.js';

/**
 * The JSON of a request's body, if `schema` accepts it. `refuse` makes the vendor's refusals:
 * `{ malformed(message), invalid(errors) }`. What the schema passes over is noted in the request's entry.
 */
export function readBody(message, schema, refuse) {
  const type = message.headers['content-type']?.split(';')[0].trim().toLowerCase();
  if (type !== 'application/json') throw refuse.malformed('Content-Type must be application/json');
  if (message.body === '') throw refuse.invalid([{ loc: ['body'], msg: 'Field required', type: 'missing' }]);
  if (message.json === undefined) throw refuse.malformed('The body is not JSON');
  return accepted(message, schema, message.json, 'body', refuse);
}

export function readQuery(message, schema, refuse) {
  return accepted(message, schema, Object.fromEntries(new URLSearchParams(message.query)), 'query', refuse);
}

function accepted(message, schema, value, place, refuse) {
  const { errors, ignored } = check(schema, value, [place]);
  message.entry.ignored = ignored;
  if (errors.length > 0) throw refuse.invalid(errors);
  return value;
}

/** The errors of a check in one line of text. */
export const errorsAsText = (errors) => errors.map(({ loc, msg }) => `${loc.slice(1).join('.') || loc[0]}: ${msg}`).join('; ');
