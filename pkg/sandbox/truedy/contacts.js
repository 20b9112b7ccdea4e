import { anyObject, nullable, object, text } from '../schema.js';

const PHONE = /^\+[1-9]\d{1,14}$/;

export const phoneNumber = text({ pattern: PHONE });

const ON_THE_PAGE = {
  phone_number: phoneNumber,
  first_name: nullable(text({ maxLength: 100 })),
  last_name: nullable(text({ maxLength: 100 })),
  email: nullable(text({ email: true })),
  custom_fields: nullable(anyObject),
};

// Named by the vendor's narrative contact page; the OpenAPI page does not have them and forbids nothing.
const ELSEWHERE = {
  folder_id: nullable(text()),
  company_name: nullable(text()),
  industry: nullable(text()),
  location: nullable(text()),
  pin_code: nullable(text()),
  keywords: nullable(text()),
  metadata: nullable(anyObject),
};

const CONTACT = object({ ...ON_THE_PAGE, ...ELSEWHERE }, { required: ['phone_number'] });

export function contactOperations({ store, documents, readBody, answer }) {
  function createContact(message) {
    const body = readBody(message, CONTACT);
    const pick = (fields) => Object.fromEntries(Object.entries(body).filter(([name]) => Object.hasOwn(fields, name)));
    const now = store.now();
    const contact = store.addContact({
      provider: 'truedy',
      id: store.freshId(store.contacts, () => documents.contactId(store.random)),
      ...pick(ON_THE_PAGE),
      other: pick(ELSEWHERE),
      createdAt: now,
      updatedAt: now,
    });
    const callsTo = () => store.callsOf('truedy').filter((call) => call.phoneNumber === contact.phone_number);
    return answer(201, documents.contact(contact, callsTo));
  }

  return { createContact };
}
