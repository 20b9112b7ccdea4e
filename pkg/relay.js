/**
 * The server's half of the provider `relay`: a function between pages, which hold no secret, and a client, which does.
 *
 *   createRelay({ client, allow, policy, authorize, ... }) -> (Request) => Promise<Response>
 *
 * The wire, version 1: one POST of JSON for one operation, whose input is that of the package's function of the same name
 * (`{ id }`, `{ ids }`, `{ id, ...changes }` and the query where those take no input object).
 *
 *   { version: 1, operation: 'createCall', input: {...}, options: { idempotencyKey?, timeoutMs? } }
 *   200          { version: 1, ok: true, value }
 *   4xx and 5xx  { version: 1, ok: false, error: { code, message, operation?, provider?, status?, requestId?, retryAfterMs?,
 *                  issues?, details?, attempts, idempotencyKey?, repeat? } }
 *
 * - createCall needs an idempotencyKey, so that a form that is sent twice rings once where the platform honours keys.
 * - timeoutMs is how long the page waits. The relay is done before, so that its answer is not lost.
 * - error.provider is the platform, error.status the platform's; of what the relay itself refuses they are 'relay' and the
 *   answer's own. Words and details of the platform stay on the server, since they may say what a page must not know.
 * - error.repeat: 'undone' if nothing was begun, 'under_key' if the same request under the same key is the same call.
 *   Without it the page must not send again: the client behind the relay has made all the attempts that are safe.
 */
import { errorAnswer, preflightAnswer, valueAnswer } from './relay/answer.js';
import { readBody } from './relay/body.js';
import { admit, corsHeaders, isPreflight } from './relay/gate.js';
import { readMessage } from './relay/message.js';
import { perform } from './relay/perform.js';
import { readSettings } from './relay/settings.js';

export { toLambdaHandler, toNodeHandler } from './relay/adapters.js';

export function createRelay(options) {
  const settings = readSettings(options);
  return async (request) => {
    let cors;
    try {
      cors = corsHeaders(request, settings);
      if (isPreflight(request)) return preflightAnswer(cors, request);
      const startedMs = performance.now();
      await admit(request, settings);
      const message = readMessage(await readBody(request, settings.bodyTimeoutMs), settings.allow);
      return valueAnswer(await perform(settings, message, startedMs), cors);
    } catch (error) {
      return errorAnswer(error, cors);
    }
  };
}
