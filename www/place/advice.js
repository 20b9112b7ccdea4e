// What each promised code means to the person at the page, and what to do.
const ADVICE = {
  invalid_input: ['Nothing was sent', 'The input has problems; they stand beside the fields.'],
  not_allowed: ['Nothing was sent', 'A rule of this client forbids it.'],
  unsupported: ['Nothing was sent', 'This platform cannot do that.'],
  unauthorized: ['The key was refused', 'Check the API key, and from which addresses it may be used.'],
  payment_required: ['The account cannot pay for this call', 'Nothing was dialled. Add credits or renew the subscription, then place it again.'],
  not_found: ['There is no such thing', 'The platform does not know what was named.'],
  conflict: ['It clashes with what is there', 'The contact is stored already, or the idempotency key was used with another body. Nothing was done now.'],
  rejected: ['The platform refused the request', 'It was read and turned down. Nothing was dialled.'],
  rate_limited: ['Too many requests', 'Nothing was done. Wait, then ask again.'],
  provider_error: ['The platform failed', 'It may work later.'],
  bad_response: ['The answer makes no sense', 'It is not what the platform promises.'],
  network: ['There is no connection', 'Nothing reached the platform.'],
  timeout: ['No answer came in time', 'The platform may be slow.'],
  aborted: ['It was called off', 'Nothing more will happen.'],
  outcome_unknown: [
    'Nobody knows whether the phone rang',
    'The platform broke off midway, so the call may have been placed. outdial does not ask a second time by itself: '
      + 'that could ring the same person twice. Look for the call before you place it again.',
  ],
  not_ready: ['The package is not loaded yet', 'Try again in a moment.'],
  internal: ['Something is broken in outdial', 'Please report it with what you did.'],
};

export function adviceOn(code) {
  const [title, text] = ADVICE[code] ?? ADVICE.internal;
  return { title, text };
}
