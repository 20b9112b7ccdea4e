import { deepEqual, equal, ok } from '../js/support/check.mjs';

const FILE = 'Phone;Name\r\n+14155550101;"Ada; Countess"\r\nno number;Bob\r\n+14155550102;Grace\r\n';
const MAPPING = { phoneNumber: 'Phone', firstName: 'Name' };

/** A Truedy that answers every request with what it was sent. */
function platform(outdial) {
  const sent = [];
  const fetch = async (request) => {
    const body = await request.json();
    sent.push(body.phone_number);
    return new Response(JSON.stringify({ data: { id: `id-${sent.length}`, ...body, status: 'queued' } }), { status: 201 });
  };
  const client = outdial.createClient({ provider: 'truedy', apiKey: 'k', fetch, dangerouslyAllowBrowser: true });
  return { sent, client };
}

async function collect(results) {
  const all = [];
  for await (const result of results) all.push(result);
  return all;
}

const stream = (items) => new ReadableStream({ start: (controller) => (items.forEach((item) => controller.enqueue(item)), controller.close()) });
const numbers = ['+14155550101', '+14155550102', '+14155550103'];

export const cases = ({ outdial, runtime }) => [
  {
    name: 'contacts come from a ReadableStream and go out a few at a time',
    async run() {
      const { sent, client } = platform(outdial);
      const results = await collect(outdial.createContacts(client, stream(numbers.map((phoneNumber) => ({ phoneNumber })))));
      deepEqual(results.map(({ index, ok: fine, value }) => [index, fine, value.phoneNumber]), numbers.map((number, index) => [index, true, number]));
      deepEqual(sent, numbers);
    },
  },
  {
    name: 'calls end with a signal, and say what was never started',
    async run() {
      const { client } = platform(outdial);
      const controller = new AbortController();
      const calls = outdial.createCalls(client, numbers.map((phoneNumber) => ({ agentId: 'a', phoneNumber })), { concurrency: 1, signal: controller.signal });
      const first = await calls.next();
      controller.abort();
      const rest = await collect(calls);
      deepEqual([first.value, ...rest].map(({ ok: fine, error }) => (fine ? 'ok' : error.code)), ['ok', 'aborted', 'aborted']);
    },
  },
  {
    name: 'a file that a visitor chose is read row by row',
    async run() {
      const { readContactsCsv } = await import(runtime === 'node' ? '../../pkg/csv.js' : '/outdial/csv.js');
      const rows = await collect(readContactsCsv(new Blob([FILE]).stream(), MAPPING, { validate: (input) => outdial.validateContact('truedy', input) }));
      deepEqual(rows.map(({ line, ok: fine }) => [line, fine]), [[2, true], [3, false], [4, true]]);
      equal(rows[0].value.firstName, 'Ada; Countess');
      ok(rows[1].error.message.startsWith('Line 3: phoneNumber'), rows[1].error.message);
    },
  },
];
