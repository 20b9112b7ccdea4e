import { openExchange } from './exchange.js';
import { createCall, validateCall } from './outdial.js';
import { watchPhoneField } from './phone.js';

const EXAMPLE = {
  agentId: '1f4baf16-1540-4d91-9696-7f34b2f2cb77',
  phoneNumber: '+14155550123',
  variables: { first_name: 'Ada' },
  settings: { recordingEnabled: true },
};

const MISTAKES = { phoneNumber: '415 555 0123', fromNumber: '1-800-FLOWERS', settings: { maxDurationSeconds: 'ten minutes' } };

const LAST_WORDS = {
  failed: 'The platform answered 201, and still the call failed: the body says so.',
  queued: 'The call is placed.',
};

/** The call's form and wire; `timeline.follow(id)` shows what becomes of each call. Gives `{ dial }`. */
export function openCall(section, platform, timeline) {
  const phone = section.querySelector('[data-path="phoneNumber"]');

  function dial(phoneNumber) {
    phone.value = phoneNumber;
    phone.dispatchEvent(new Event('input', { bubbles: true }));
  }

  watchPhoneField(phone, section.querySelector('[data-part="phone"]'));
  openExchange(section, platform, {
    operation: 'createCall',
    variable: 'call',
    example: EXAMPLE,
    mistakes: MISTAKES,
    run: createCall,
    validate: (input) => validateCall('truedy', input),
    onDone(call) {
      timeline.follow(call.id);
      return LAST_WORDS[call.status] ?? `The call is ${call.status}.`;
    },
  });
  for (const example of section.querySelectorAll('[data-dial]')) {
    example.addEventListener('click', () => dial(example.dataset.dial));
  }
  return {
    dial(phoneNumber) {
      dial(phoneNumber);
      phone.focus();
    },
  };
}
