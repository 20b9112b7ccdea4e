import { placeCall } from '../calls.js';
import { fateOf } from '../magic.js';
import { anyObject, nullable, object, text } from '../schema.js';

const CALL = object(
  { contact_id: text({ minLength: 1 }), interview_id: text({ minLength: 1 }), metadata: nullable(anyObject) },
  { required: ['contact_id', 'interview_id'] },
);

// The error of a 200 that dialled nobody; `{}` is what the page's own example of an answer shows.
const REFUSED_NUMBERS = {
  '0402': { code: 'payment_required', message: 'The team has no minutes left' },
  '0420': {},
  '0422': 'The agent has no phone number to call from',
};

const ERROR_OMITTED = '0200';

export function callOperations({ store, interviews, readBody, answer, answerWithoutError }) {
  function createCall(message) {
    const body = readBody(message, CALL);
    const contact = store.contactOf('thoughtly', body.contact_id);
    if (contact?.teamId !== message.caller) return answer({}, { code: 'not_found', message: 'The contact does not exist' });
    if (interviews && !interviews.includes(body.interview_id)) return answer({}, { code: 'not_found', message: 'The agent does not exist' });

    const number = contact.fields.phone_number;
    const fate = fateOf(number, REFUSED_NUMBERS);
    if (fate.refusal !== undefined) return answer({}, fate.refusal);
    placeCall(store, fate, {
      provider: 'thoughtly',
      id: store.freshId(store.calls, () => store.random.uuid()),
      contactId: contact.id,
      interviewId: body.interview_id,
      metadata: body.metadata ?? null,
      phoneNumber: number,
    });
    // What `data` holds is not documented, so nothing may be relied on.
    return number.endsWith(ERROR_OMITTED) ? answerWithoutError({}) : answer({});
  }

  return { createCall };
}
