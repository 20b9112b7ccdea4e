const AGENT = '1f4baf16-1540-4d91-9696-7f34b2f2cb77';
const NUMBER = '+14155550123';
const KEY = 'truedy_a1b2c3d4e5f6';
const VARIABLES = { first_name: 'Jane', company: 'Acme Inc' };

/** What every way sends, in its own vendor's words where it has one. */
const BODY = { agent_id: AGENT, phone_number: NUMBER, variables: VARIABLES, call_settings: { recording_enabled: true, max_duration: '600s' } };

export const ANSWER = JSON.stringify({
  data: { id: '44ec8f61-6d9a-4553-a6ca-777f5f5ef95b', agent_id: AGENT, phone_number: NUMBER, direction: 'outbound', status: 'queued', created_at: '2026-03-03T20:30:21.310278Z' },
  meta: { request_id: 'req_32e7531c-8', ts: '2026-03-03T20:30:21.310278Z' },
  // What the others look for in an answer of theirs.
  id: 'x',
  object: 'x',
});

/** Each way to place a call: `open(url, load)` loads what it needs by name and gives a function that sends one POST and reads its answer. */
export const WAYS = {
  async fetch(url) {
    const init = () => ({
      method: 'POST',
      headers: { Authorization: `Bearer ${KEY}`, 'Content-Type': 'application/json', 'X-Idempotency-Key': crypto.randomUUID() },
      body: JSON.stringify(BODY),
    });
    return async () => (await fetch(`${url}/calls`, init())).json();
  },
  async outdial(url, load) {
    const { createCall, createClient } = await load('outdial');
    const client = createClient({ provider: 'truedy', apiKey: KEY, baseUrl: url });
    const input = { agentId: AGENT, phoneNumber: NUMBER, variables: VARIABLES, settings: { recordingEnabled: true, maxDurationSeconds: 600 } };
    return () => createCall(client, input);
  },
  async 'retell-sdk'(url, load) {
    const { default: Retell } = await load('retell-sdk');
    const client = new Retell({ apiKey: KEY, baseURL: url });
    const input = { from_number: '+14155550100', to_number: NUMBER, override_agent_id: AGENT, retell_llm_dynamic_variables: VARIABLES };
    return () => client.call.createPhoneCall(input);
  },
  async openai(url, load) {
    const { default: OpenAI } = await load('openai');
    const client = new OpenAI({ apiKey: KEY, baseURL: url });
    return () => client.post('/calls', { body: BODY });
  },
  async ky(url, load) {
    const { default: ky } = await load('ky');
    const client = ky.create({ prefixUrl: url, headers: { Authorization: `Bearer ${KEY}` } });
    return () => client.post('calls', { json: BODY }).json();
  },
  async stripe(url, load) {
    const { default: Stripe } = await load('stripe');
    const { hostname, port } = new URL(url);
    const client = new Stripe(KEY, { host: hostname, port, protocol: 'http' });
    return () => client.rawRequest('POST', '/v1/calls', BODY);
  },
};
