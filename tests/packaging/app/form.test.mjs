import { createCall, createClient, init, parsePhone, validateContact } from 'outdial';

// A test of a page with Vitest or Jest, whose globals these are.
const { expect, process, test } = globalThis;

test('a form says what is wrong, and a call is placed', async () => {
  await init();
  document.body.innerHTML = '<form><input name="phoneNumber"></form>';
  const input = document.querySelector('input');
  input.value = '+1 415';
  const [issue] = validateContact('truedy', { phoneNumber: input.value });
  input.setCustomValidity(issue.message);
  expect(input.validationMessage).toBe('Too short for a number in US');

  const { phone } = parsePhone(process.env.PHONE_NUMBER, { region: 'US' });
  const client = createClient({ provider: 'truedy', apiKey: 'truedy_test', baseUrl: `${process.env.SANDBOX_URL}/api/public/v1` });
  const call = await createCall(client, { agentId: '1f4baf16-1540-4d91-9696-7f34b2f2cb77', phoneNumber: phone.e164 });
  expect(call.status).toBe('queued');
});
