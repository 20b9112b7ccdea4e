import assert from 'node:assert/strict';
import test from 'node:test';
import { createCall, createClient, createContact } from '../../../pkg/index.node.js';
import { serveSandbox } from '../../../pkg/sandbox/server.js';
import { CALL, KEY, NUMBER } from './relay.mjs';

const SESSION = 'a1';

/** An example whose `open(t, env)` gives the address of its relay, and perhaps how to reach it. */
export function example(name, open, timeout = 120_000) {
  test(`the example for ${name} answers a form, and its key stays where it is`, { timeout }, async (t) => {
    const { url: vendor, sandbox, close } = await serveSandbox({ seed: 9 });
    t.after(close);
    const env = { TRUEDY_API_KEY: KEY, TRUEDY_URL: `${vendor}/api/public/v1`, SESSION };
    const { url, send = fetch } = await open(t, env);
    const seen = [];
    const page = (cookie) =>
      createClient({
        provider: 'relay',
        url,
        async fetch(request) {
          request.headers.set('cookie', cookie);
          request.headers.set('origin', new URL(url).origin);
          const response = await send(request);
          seen.push(JSON.stringify([...response.headers]), await response.clone().text());
          return response;
        },
      });
    const visitor = page(`session=${SESSION}`);
    assert.equal((await createContact(visitor, { phoneNumber: NUMBER, firstName: 'Grace' })).firstName, 'Grace');
    const calls = [await createCall(visitor, CALL, { idempotencyKey: 'form-1' }), await createCall(visitor, CALL, { idempotencyKey: 'form-1' })];
    assert.deepEqual([calls[0].provider, calls[0].id], ['truedy', calls[1].id]);
    assert.deepEqual(sandbox.rang, { [NUMBER]: 1 });
    assert.ok(sandbox.requests.every(({ headers }) => headers.authorization === `Bearer ${KEY}`));

    const sent = sandbox.requests.length;
    await assert.rejects(createCall(page('session=other'), CALL), { code: 'unauthorized', status: 401, provider: 'relay' });
    await assert.rejects(createCall(visitor, { ...CALL, phoneNumber: '+442079460958' }), { code: 'not_allowed' });
    const long = { ...CALL, variables: { note: 'x'.repeat(65_536) } };
    await assert.rejects(createCall(visitor, long), { code: 'rejected', status: 413 });
    assert.equal(sandbox.requests.length, sent);
    assert.ok(!seen.join('\n').includes(KEY), 'the key was answered to a page');
  });
}
