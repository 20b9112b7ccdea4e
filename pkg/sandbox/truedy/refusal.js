import { Refusal } from '../refusal.js';

export const notFound = (resource, id) =>
  new Refusal(404, 'not_found', 'The requested resource does not exist', { details: { resource, id } });

export const ruleBroken = (message) => new Refusal(422, 'validation_error', message);
