import { createCall, createClient, createContact, init } from '/outdial/index.js';

const AGENT = '1f4baf16-1540-4d91-9696-7f34b2f2cb77';
const output = document.querySelector('output');

await init();
const client = createClient({ provider: 'relay', url: new URLSearchParams(location.search).get('relay') });

document.querySelector('form').addEventListener('submit', async (event) => {
  event.preventDefault();
  const { phoneNumber, firstName } = Object.fromEntries(new FormData(event.target));
  output.value = await place(phoneNumber, firstName).catch(({ code, status, issues }) => JSON.stringify({ code, status, issues }));
});

async function place(phoneNumber, firstName) {
  const contact = await createContact(client, { phoneNumber, firstName });
  const call = await createCall(client, { agentId: AGENT, phoneNumber });
  return JSON.stringify({ contact, call });
}
document.documentElement.dataset.ready = 'yes';
