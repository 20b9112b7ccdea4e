import { Refusal } from '../refusal.js';

const NOT_IN_FINGERPRINT = new Set(['x-request-id', 'x-forwarded-for', 'user-agent', 'host', 'authorization', 'x-idempotency-key']);

/**
 * What X-Idempotency-Key brings back: the first answer, per API key and endpoint.
 * `strict: false` is the vendor's older backend, which looked answers up by key, headers and body: what differs in any
 * of them is a new request, and so is one that comes before the first was answered.
 */
export function createKeys({ strict, lifetimeMs, now }) {
  const answers = new Map();

  function slot(apiKey, message) {
    const key = message.headers['x-idempotency-key'];
    // None of the first three has a space.
    const endpoint = `${apiKey} ${message.method} ${message.path} ${key}`;
    return strict ? endpoint : JSON.stringify([endpoint, message.query, fingerprint(message.headers), message.body]);
  }

  return {
    find(apiKey, message) {
      const first = answers.get(slot(apiKey, message));
      if (!first || first.at + lifetimeMs <= now()) return undefined;
      if (first.body !== message.body) {
        throw new Refusal(409, 'conflict', 'This X-Idempotency-Key came before with another body; nothing was done', {
          details: { header: 'X-Idempotency-Key' },
        });
      }
      return first.answer;
    },
    keep(apiKey, message, answer) {
      answers.set(slot(apiKey, message), { answer, body: message.body, at: now() });
    },
    reset: () => answers.clear(),
  };
}

const fingerprint = (headers) => Object.entries(headers).filter(([name]) => !NOT_IN_FINGERPRINT.has(name)).sort();
