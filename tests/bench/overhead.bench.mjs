import { once } from 'node:events';
import { createServer } from 'node:http';
import { median } from './median.mjs';
import { loadInNode } from '../js/support/load.mjs';

export const name = 'overhead';

const CALLS = 2_000;
const WARM_UP = 300;
const API_KEY = 'truedy_a1b2c3d4e5f6';
const INPUT = {
  agentId: '1f4baf16-1540-4d91-9696-7f34b2f2cb77',
  phoneNumber: '+14155550123',
  variables: { first_name: 'Jane', company: 'Acme Inc' },
  settings: { recordingEnabled: true, maxDurationSeconds: 600 },
};
const BODY = {
  agent_id: INPUT.agentId,
  phone_number: INPUT.phoneNumber,
  variables: INPUT.variables,
  call_settings: { recording_enabled: true, max_duration: '600s' },
};
const ANSWER = JSON.stringify({
  data: { id: '44ec8f61-6d9a-4553-a6ca-777f5f5ef95b', agent_id: INPUT.agentId, phone_number: INPUT.phoneNumber, direction: 'outbound', status: 'queued', created_at: '2026-03-03T20:30:21.310278Z' },
  meta: { request_id: 'req_32e7531c-8', ts: '2026-03-03T20:30:21.310278Z' },
});

/** One call through the package and one bare fetch of the same bytes, in turn, so that a busy machine slows both. */
export async function run() {
  const { url, close } = await openServer();
  try {
    const { createCall, createClient } = await loadInNode();
    const client = createClient({ provider: 'truedy', apiKey: API_KEY, baseUrl: url });
    const ways = { bare: () => bareCall(`${url}/calls`), package: () => createCall(client, INPUT) };
    const times = { bare: [], package: [] };
    for (let round = -WARM_UP; round < CALLS; round++) {
      const order = round % 2 ? ['bare', 'package'] : ['package', 'bare'];
      for (const way of order) {
        const took = await timed(ways[way]);
        if (round >= 0) times[way].push(took);
      }
    }
    return rows(median(times.bare), median(times.package));
  } finally {
    await close();
  }
}

function rows(bare, packaged) {
  const note = `medians of ${CALLS} each, in turn, over keep-alive: ${(packaged * 1000).toFixed(0)} µs over ${(bare * 1000).toFixed(0)} µs (Node ${process.versions.node})`;
  return [{ what: 'createCall over a bare fetch', value: (packaged / bare).toFixed(2), unit: '×', note }];
}

/** What a person would write by hand: the same request, its answer read and parsed. */
async function bareCall(url) {
  const response = await fetch(url, {
    method: 'POST',
    headers: { Authorization: `Bearer ${API_KEY}`, 'Content-Type': 'application/json', 'X-Idempotency-Key': crypto.randomUUID() },
    body: JSON.stringify(BODY),
  });
  return JSON.parse(await response.text()).data;
}

async function timed(work) {
  const from = performance.now();
  const { status } = await work();
  const took = performance.now() - from;
  if (status !== 'queued') throw new Error(`a call came out ${status}`);
  return took;
}

async function openServer() {
  const server = createServer((incoming, outgoing) => {
    incoming.resume().on('end', () => outgoing.writeHead(201, { 'content-type': 'application/json', 'content-length': ANSWER.length }).end(ANSWER));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const close = () => new Promise((resolve) => {
    server.close(resolve);
    server.closeAllConnections();
  });
  return { url: `http://127.0.0.1:${server.address().port}`, close };
}
