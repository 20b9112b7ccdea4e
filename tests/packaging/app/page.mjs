import { createCall, createClient, init, parsePhone, validateContact } from 'outdial';

const form = document.querySelector('form');
const input = form.elements.phoneNumber;

function refuse(event) {
  event.preventDefault();
  const [issue] = validateContact('truedy', Object.fromEntries(new FormData(form)));
  input.setCustomValidity(issue?.message ?? '');
}

/** Fills the form in as a person would, first wrongly; the call goes through the relay of the page's own site. */
async function fillIn(phoneNumber) {
  await init();
  form.addEventListener('submit', refuse);
  input.value = '+1 415';
  form.requestSubmit();
  const formError = input.validationMessage;
  input.setCustomValidity('');
  input.value = phoneNumber;
  form.requestSubmit();
  const { phone } = parsePhone(input.value, { region: 'US' });
  const client = createClient({ provider: 'relay', url: '/api/outdial' });
  const call = await createCall(client, { agentId: '1f4baf16-1540-4d91-9696-7f34b2f2cb77', phoneNumber: phone.e164 });
  return { number: phone.e164, formError, accepted: input.checkValidity(), call: call.status };
}

function show(said) {
  document.querySelector('output').textContent = JSON.stringify(said);
}

fillIn(new URLSearchParams(location.search).get('number')).then(show, ({ code, message }) => show({ code, message }));
