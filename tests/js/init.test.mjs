import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { once } from 'node:events';
import test from 'node:test';
// The entry of pages, where the module is not there until init() has brought it.
import { createClient, init, isE164, isOutdialError, validateCall, validateContact } from '../../pkg/index.js';

const wasm = new URL('../../pkg/dist/outdial.wasm', import.meta.url);
const NUMBER = '+14155552671';

const notReady = (error) => isOutdialError(error) && error.code === 'not_ready' && error.attempts === 0 && /init/.test(error.message);

/** A server that answers the module, or 404, or something else, as `answer` says now. */
async function moduleServer(t) {
  const server = createServer((_, outgoing) => state.answer(outgoing)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.after(() => {
    server.close();
    server.closeAllConnections();
  });
  const state = { url: `http://127.0.0.1:${server.address().port}/outdial.wasm`, asked: 0 };
  return state;
}

test('until init has come to its end, what needs the module says not_ready, and init can be tried again', async (t) => {
  for (const call of [() => isE164(NUMBER), () => createClient({}), () => validateContact('truedy', {}), () => validateCall('truedy', {})]) {
    assert.throws(call, notReady);
  }
  const state = await moduleServer(t);
  state.answer = (outgoing) => outgoing.writeHead(404).end('no such file');
  await assert.rejects(init(state.url));
  assert.throws(() => isE164(NUMBER), notReady);

  state.answer = (outgoing) => outgoing.writeHead(200, { 'content-type': 'application/wasm' }).end('<html>');
  await assert.rejects(init(new URL(state.url)));
  await assert.rejects(init(new Uint8Array(8)));
  assert.throws(() => isE164(NUMBER), notReady);

  const bytes = await readFile(wasm);
  state.answer = (outgoing) => {
    state.asked += 1;
    outgoing.writeHead(200, { 'content-type': 'application/wasm' }).end(bytes);
  };
  await Promise.all([init(state.url), init(state.url), init(state.url)]);
  assert.equal(state.asked, 1, 'one load for all who wait');
  assert.equal(isE164(NUMBER), true);

  await init();
  await init('http://127.0.0.1:1/never-asked');
  assert.equal(isE164('nobody'), false);
});
