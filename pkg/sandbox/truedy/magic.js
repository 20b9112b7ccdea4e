import { Refusal } from '../refusal.js';
import { ruleBroken } from './refusal.js';

/** Endings of a number that the vendor refuses to call. */
export const REFUSED_NUMBERS = {
  '0402': () => paymentRequired('insufficient_credits'),
  '0422': () => ruleBroken('No outbound number is assigned to the agent; assign one or provide from_number'),
  '0502': () => new Refusal(502, 'provider_error', 'The telephony provider answered with an error'),
};

const KEYS = {
  truedy_revoked: () => new Refusal(401, 'unauthorized', 'The API key was revoked'),
  truedy_blocked: () => new Refusal(403, 'forbidden', 'The caller\'s IP address is not on the allow-list of this API key'),
};

export function refusalOfKey(apiKey) {
  return Object.hasOwn(KEYS, apiKey) ? KEYS[apiKey]() : undefined;
}

export function paymentRequired(reason) {
  const credits = reason === 'insufficient_credits' ? { balance: 0, required: 1 } : {};
  return new Refusal(402, 'payment_required', 'Insufficient credits or inactive subscription', { details: { reason, ...credits } });
}
