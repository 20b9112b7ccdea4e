import { anyObject, array, object, text } from '../schema.js';
import { isoTime } from '../time.js';

const E164 = /^\+[1-9]\d{1,14}$/;

const CONTACT = object(
  { phone_number: text({ minLength: 1 }), name: text(), email: text(), country_code: text(), tags: array(text()), attributes: anyObject },
  { required: ['phone_number'] },
);

// A 200 that is a failure: the page promises an object, others have seen text.
const REFUSED_NUMBERS = {
  '0409': { code: 'conflict', message: 'A contact with this phone number already exists' },
  '0408': 'The contact could not be created',
};

export function contactOperations({ store, readBody, answer }) {
  function createContact(message) {
    const body = readBody(message, CONTACT);
    const ending = body.phone_number.slice(-4);
    if (Object.hasOwn(REFUSED_NUMBERS, ending)) return answer({}, REFUSED_NUMBERS[ending]);
    if (!E164.test(body.phone_number)) message.entry.warnings.push('phone_number is not E.164');
    const contact = store.addContact({
      provider: 'thoughtly',
      id: store.freshId(store.contacts, () => store.random.uuid()),
      teamId: message.caller,
      fields: body,
      createdAt: store.now(),
    });
    return answer({ id: contact.id });
  }

  return { createContact };
}

export const describeContact = ({ id, teamId, fields, createdAt }) => ({
  id,
  team_id: teamId,
  phone_number: fields.phone_number,
  name: fields.name ?? null,
  email: fields.email ?? null,
  country_code: fields.country_code ?? null,
  tags: fields.tags ?? [],
  attributes: fields.attributes ?? {},
  created_at: isoTime(createdAt),
});
