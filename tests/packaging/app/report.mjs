/**
 * What a server does with the package, in every runtime: reads a number, refuses a form, and places calls with the sandbox
 * at `sandboxUrl`, through a relay and from a queue, which must know the client that createClient made.
 */
export async function report({ outdial, relay, queue, csv }, { sandboxUrl, phoneNumber }) {
  await outdial.init();
  const { phone } = outdial.parsePhone(phoneNumber, { region: 'US' });
  const [{ path, message }] = outdial.validateContact('truedy', { phoneNumber: '+1 415' });

  const client = outdial.createClient({ provider: 'truedy', apiKey: 'truedy_test', baseUrl: `${sandboxUrl}/api/public/v1` });
  const handler = relay.createRelay({ client, allow: ['createCall'], policy: { regions: ['US'] }, authorize: () => true });
  const page = outdial.createClient({ provider: 'relay', url: 'https://shop.example/api/outdial', fetch: (request) => handler(request) });
  const input = { agentId: '1f4baf16-1540-4d91-9696-7f34b2f2cb77', phoneNumber: phone.e164 };
  const { id, status } = await outdial.createCall(page, input, { idempotencyKey: `call-${phone.e164}` });

  const store = { claim: async () => undefined, put: async () => {}, delete: async () => {} };
  const job = await queue.handleJob(client, { id: 'job-1', input: { agentId: input.agentId, phoneNumber: '+1 415' } }, store);

  const rows = [];
  const file = new Blob(['Phone\n+14155552671\n']).stream();
  for await (const row of csv.readContactsCsv(file, { phoneNumber: 'Phone' })) rows.push(row.value.phoneNumber);

  const refused = await outdial.getCall(client, 'no such call').catch((error) => [error instanceof outdial.OutdialError, error.code].join());
  return { number: phone.e164, formError: `${path}: ${message}`, call: id === undefined ? 'none' : status, job: job.status, rows: rows.join(), refused };
}
