const OUTCOMES = {
  '0404': { outcome: 'failed' },
  '0480': { outcome: 'no_answer' },
  '0486': { outcome: 'busy' },
  '0503': { outcome: 'failed', atOnce: 'SIP 503: the telephony provider could not place the call' },
  '0860': { outcome: 'voicemail' },
};

/**
 * What becomes of a call to this number: its last four digits choose, every other number is answered and completes.
 * `refusals` are the vendor's own endings: `{ digits: () => Refusal }`.
 */
export function fateOf(phoneNumber, refusals) {
  const ending = phoneNumber.slice(-4);
  if (Object.hasOwn(refusals, ending)) return { refusal: refusals[ending] };
  return OUTCOMES[ending] ?? { outcome: 'completed' };
}
