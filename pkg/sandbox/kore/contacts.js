import { Refusal } from '../refusal.js';
import { array, object, text } from '../schema.js';
import { isoTime } from '../time.js';

const LONGEST_E164 = 15;
const MANY_CONTACTS = 100;

const filled = text({ minLength: 1 });

const CONTACT = object(
  {
    firstName: filled,
    lastName: filled,
    salutation: filled,
    cellPhone: object(
      { phoneNumber: text({ pattern: /^\d+$/ }), countryCode: text({ pattern: /^\+[1-9]\d{0,3}$/ }), extension: filled },
      { required: ['phoneNumber', 'countryCode', 'extension'] },
    ),
  },
  { required: ['firstName', 'lastName', 'salutation', 'cellPhone'] },
);

const BATCH = array(CONTACT);

const joined = ({ cellPhone }) => cellPhone.countryCode + cellPhone.phoneNumber;

export function contactOperations(context) {
  const { store, readBody, answer } = context;

  function createContact(message) {
    const batch = readBody(message, BATCH);
    if (batch.length === 0) throw new Refusal(400, 400, 'body: List should have at least 1 item');
    message.entry.warnings.push(...warningsOf(batch));
    const numbers = batch.map((contact) => JSON.stringify([message.id, joined(contact)]));
    const taken = numbers.some((number, index) => context.numbers.has(number) || numbers.indexOf(number) !== index);
    if (taken) throw new Refusal(409, 409, 'A contact with this phone number already exists');
    for (const number of numbers) context.numbers.add(number);
    return answer(batch.map((contact) => describe(store.addContact(record(contact, message)))));
  }

  function record({ firstName, lastName, salutation, cellPhone }, { id: streamId, caller }) {
    return {
      provider: 'kore',
      id: store.freshId(store.contacts, () => store.random.hex(24)),
      streamId,
      accountId: caller.accountId,
      firstName,
      lastName,
      salutation,
      cellPhone: { phoneNumber: joined({ cellPhone }), countryCode: cellPhone.countryCode, extension: cellPhone.extension },
      ...context.owner,
      createdAt: store.now(),
    };
  }

  return { createContact };
}

/** What no page forbids, and is most likely a mistake. */
function warningsOf(batch) {
  const warnings = batch.length > MANY_CONTACTS ? [`more than ${MANY_CONTACTS} contacts in one request`] : [];
  batch.forEach((contact, index) => {
    if (joined(contact).length - 1 > LONGEST_E164) warnings.push(`${index}.cellPhone has more than ${LONGEST_E164} digits`);
    if (!/^mrs?\.?$/i.test(contact.salutation)) warnings.push(`${index}.salutation is neither Mr nor Mrs`);
  });
  return warnings;
}

function describe(contact) {
  const at = isoTime(contact.createdAt);
  return {
    status: 'ACTIVE',
    firstName: contact.firstName,
    lastName: contact.lastName,
    salutation: contact.salutation,
    cellPhone: contact.cellPhone,
    createdBy: contact.createdBy,
    orgId: contact.orgId,
    accountId: contact.accountId,
    instanceBotId: contact.streamId,
    fullName: `${contact.firstName} ${contact.lastName}`,
    address: [],
    twitterDetails: [],
    createdAt: at,
    updatedAt: at,
    id: contact.id,
  };
}

export const describeContact = (contact) => ({ ...describe(contact), phone_number: contact.cellPhone.phoneNumber });
