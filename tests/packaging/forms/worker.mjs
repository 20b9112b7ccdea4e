import { createClient } from 'outdial';
import { contact, phone } from 'outdial/forms';

export default {
  async fetch(request) {
    const client = createClient({ provider: 'truedy', apiKey: 'truedy_example', region: 'US' });
    const { phoneNumber } = await request.json();
    const [number, person] = [phone({ region: 'US' }), contact(client)];
    return Response.json([number['~standard'].validate(phoneNumber), person['~standard'].validate({ phoneNumber })]);
  },
};
