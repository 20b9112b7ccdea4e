import assert from 'node:assert/strict';
import { Agent, request } from 'node:http';
import test from 'node:test';
import { serveRelay, messageOf, CALL } from './support/relay.mjs';

// `npm --prefix pkg run test:relay-flood` sends 10,000.
const COUNT = Number(process.env.RELAY_FLOOD ?? 400);
const WIDTH = 32;
const TYPE = { 'content-type': 'application/json' };
const good = JSON.stringify(messageOf('createCall', CALL));

/** Requests of which no relay may make anything, by their number. */
const MALFORMED = [
  (n) => ({ headers: TYPE, body: good.slice(0, n % (good.length - 1)) }),
  (n) => ({ headers: TYPE, body: good.replace('"version":1', `"version":${n + 2}`) }),
  (n) => ({ headers: TYPE, body: good.replace('createCall', `x${n}`) }),
  (n) => ({ headers: TYPE, body: good.replace('"options":{', `"options":{"x${n}":1,`) }),
  () => ({ headers: TYPE, body: ' '.repeat(65_537) }),
  () => ({ headers: TYPE, body: '['.repeat(60_000) }),
  (n) => ({ headers: TYPE, body: Buffer.from(Array.from({ length: 1 + (n % 300) }, (_, at) => (at * n * 7 + 128) % 256)) }),
  (n) => ({ headers: { 'content-type': ['text/plain', 'multipart/form-data', 'application/jsonp', 'a'][n % 4] }, body: good }),
  (n) => ({ headers: { ...TYPE, origin: ['null', 'https://evil.example', 'x'][n % 3] }, body: good }),
  (n) => ({ method: ['GET', 'PUT', 'DELETE', 'PATCH', 'HEAD', 'OPTIONS'][n % 6], headers: TYPE }),
  (n) => ({ headers: { ...TYPE, host: ['a b', '[', 'x:99999999'][n % 3] }, body: good }),
  (n) => ({ headers: { ...TYPE, 'transfer-encoding': 'chunked' }, pieces: [...good.slice(0, 20 + (n % 60))] }),
  (n) => ({ headers: TYPE, body: good.replace('+14155550123', ['+', '+19002345678', '+9198765xxxxx', '911'][n % 4]) }),
  () => ({ headers: TYPE, body: good.replace('"input":{', '"input":{"__proto__":{"polluted":true},') }),
];

/** The status and the JSON of an answer; `null` where the connection ended without one. */
function ask(url, agent, { method = 'POST', headers, body, pieces = [] }) {
  return new Promise((resolve) => {
    const asked = request(url, { method, headers, agent }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (more) => (text += more)).on('end', () => resolve({ method, status: response.statusCode, text })).on('error', () => resolve(null));
    });
    asked.on('error', () => resolve(null));
    for (const piece of pieces) asked.write(piece);
    asked.end(body);
  });
}

test(`${COUNT} malformed requests are answered each, in the same memory, and the server takes a good one afterwards`, { timeout: 600_000 }, async (t) => {
  const { url, sandbox } = await serveRelay(t);
  const agent = new Agent({ keepAlive: true, maxSockets: WIDTH });
  t.after(() => agent.destroy());
  const statuses = {};
  const heap = [];
  for (let from = 0; from < COUNT; from += WIDTH) {
    const answers = await Promise.all(Array.from({ length: Math.min(WIDTH, COUNT - from) }, (_, at) => ask(url, agent, MALFORMED[(from + at) % MALFORMED.length](from + at))));
    for (const answer of answers) {
      statuses[answer?.status ?? 'cut'] = (statuses[answer?.status ?? 'cut'] ?? 0) + 1;
      // Whoever is still sending what is too large may hear of the end alone.
      if (answer === null) continue;
      assert.ok(answer.status >= 400 && answer.status < 500, JSON.stringify(answer));
      if (answer.method !== 'HEAD') assert.equal(JSON.parse(answer.text).ok, false);
    }
    if (globalThis.gc) {
      globalThis.gc();
      heap.push(process.memoryUsage().heapUsed);
    }
  }
  console.log(statuses, heap.length > 0 ? `heap ${heap[Math.floor(heap.length / 10)]} after a tenth, ${heap.at(-1)} in the end` : '');
  assert.ok((statuses.cut ?? 0) <= COUNT / MALFORMED.length, `${statuses.cut} were cut off`);
  assert.deepEqual(sandbox.requests, []);
  if (heap.length > 10) assert.ok(heap.at(-1) < heap[Math.floor(heap.length / 10)] * 1.2 + 2e6, 'the heap has grown');
  const { status } = await ask(url, agent, { headers: TYPE, body: good });
  assert.equal(status, 200);
  assert.deepEqual([{}.polluted, sandbox.created.calls], [undefined, 1]);
});

test('a request that is replayed under its key rings once', async (t) => {
  const { url, sandbox } = await serveRelay(t);
  const agent = new Agent({ keepAlive: true });
  t.after(() => agent.destroy());
  const answers = [];
  for (let time = 0; time < 3; time++) answers.push(await ask(url, agent, { headers: TYPE, body: good }));
  answers.push(...await Promise.all([1, 2, 3].map(() => ask(url, agent, { headers: TYPE, body: good }))));
  assert.equal(new Set(answers.map(({ text }) => JSON.parse(text).value.id)).size, 1);
  assert.equal(sandbox.created.calls, 1);
});
