import { findRoute } from './http.js';
import { noSuchRoute, Refusal } from './refusal.js';

/**
 * The server of one vendor. `routes` are of paths below `base`; `admit(message)` lets a caller in or throws a Refusal, and
 * what it gives is the operations' `message.caller`; `refuse(refusal)` makes the answer of one.
 */
export function createServer({ base, routes, admit, operations, refuse }) {
  async function handle(message) {
    try {
      const { operation, parameter } = message.route;
      if (!operation) throw noSuchRoute(message);
      message.caller = await admit(message);
      message.id = parameter && decode(parameter);
      return await operations[operation](message);
    } catch (error) {
      if (error instanceof Refusal) return refuse(error);
      throw error;
    }
  }

  return { handle, route: (method, path) => findRoute(routes, method, path.slice(base.length)) };
}

function decode(segment) {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
