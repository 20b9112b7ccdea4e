import { openExchange } from './exchange.js';
import { createContact, validateContact } from './outdial.js';
import { watchPhoneField } from './phone.js';

const EXAMPLE = {
  phoneNumber: '+14155550123',
  firstName: 'Ada',
  lastName: 'Example',
  email: 'ada@example.com',
  customFields: { plan: 'pro' },
};

const MISTAKES = { ...EXAMPLE, phoneNumber: '+9198765xxxxx', firstName: 'Ada '.repeat(30).trim(), email: 'ada@example' };

/** The contact's form and wire; `onCall(phoneNumber)` is asked to call a contact that was created. */
export function openContact(section, platform, onCall) {
  const callNow = section.querySelector('[data-action="call"]');
  let created;

  watchPhoneField(section.querySelector('[data-path="phoneNumber"]'), section.querySelector('[data-part="phone"]'));
  openExchange(section, platform, {
    operation: 'createContact',
    variable: 'contact',
    example: EXAMPLE,
    mistakes: MISTAKES,
    run: createContact,
    validate: (input) => validateContact('truedy', input),
    onDone(contact) {
      created = contact;
      callNow.hidden = false;
      return 'The contact is created. The answer has its id.';
    },
  });
  callNow.addEventListener('click', () => onCall(created.phoneNumber));
}
