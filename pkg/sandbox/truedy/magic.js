import { Refusal, ruleBroken } from './refusal.js';

const TABLE = {
  '0402': { refusal: () => paymentRequired('insufficient_credits') },
  '0404': { outcome: 'failed' },
  '0422': { refusal: () => ruleBroken('No outbound number is assigned to the agent; assign one or provide from_number') },
  '0480': { outcome: 'no_answer' },
  '0486': { outcome: 'busy' },
  '0502': { refusal: () => new Refusal(502, 'provider_error', 'The telephony provider answered with an error') },
  '0503': { outcome: 'failed', atOnce: 'SIP 503: the telephony provider could not place the call' },
  '0860': { outcome: 'voicemail' },
};

/** What becomes of a call to this number: its last four digits choose, every other number is answered and completes. */
export function fateOf(phoneNumber) {
  return TABLE[phoneNumber.slice(-4)] ?? { outcome: 'completed' };
}

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
