import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import test from 'node:test';
import { isOutdialError } from '../../../pkg/error.js';
import { closedUrl } from './faults.mjs';

export const NUMBER = '+14155552671';

export const wasmOf = (name) => new URL(`../../../pkg/dist/${name}.wasm`, import.meta.url);

export const isOurs = (error, code, said) => {
  assert.ok(isOutdialError(error), String(error));
  assert.deepEqual([error.code, error.attempts], [code, 0]);
  assert.match(error.message, said);
  return true;
};

/** A server that answers the module, or 404, or something else, as `state.answer` says now. */
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

const answering = (status, type, body) => (outgoing) => outgoing.writeHead(status, type && { 'content-type': type }).end(body);

/** The entry of pages for one module, in a process that has none yet, is given all that is no such module, and then one. */
export function refusesWrongModules(name, { init, isE164 }) {
  test(`${name}: whatever init is given in the module's place is refused with what is wrong, and init can be called again`, async (t) => {
    const state = await moduleServer(t);
    const whole = await readFile(wasmOf(name));
    const other = await readFile(wasmOf(name === 'phone' ? 'outdial' : 'phone'));
    const stale = Buffer.from(whole);
    stale[stale.length - 1] ^= 1;
    const page = '<!doctype html><title>Not found</title>';
    const refused = async (source, code, said) => {
      await assert.rejects(init(source), (error) => isOurs(error, code, said));
      assert.throws(() => isE164(NUMBER), (error) => isOurs(error, 'not_ready', /await init\(\)/));
    };

    for (const wrong of [42, true, {}, [], () => {}, Symbol('x'), Promise.resolve(7)]) await refused(wrong, 'invalid_input', /source must be a URL/);

    const answers = [
      [answering(404, 'text/html', page), /answered 404.*outdial\/inline/],
      [answering(404, 'application/wasm', whole), /answered 404/],
      [answering(200, 'text/html', page), /\(text\/html\) is no whole WebAssembly module/],
      [answering(200, 'application/wasm', page), /\(application\/wasm\) is no whole WebAssembly module/],
      [answering(200, 'application/wasm', whole.subarray(0, 50_000)), /is no whole WebAssembly module/],
      [answering(200, 'text/plain', whole.subarray(0, 50_000)), /\(text\/plain\) is no whole WebAssembly module/],
      [answering(200, undefined, ''), /\(no content type\) is no whole WebAssembly module/],
      [answering(200, 'application/wasm', other), /not that of this build/],
      [answering(200, 'application/wasm', stale), /not that of this build/],
      [(outgoing) => outgoing.destroy(), /could not be loaded/],
      [(outgoing) => outgoing.writeHead(200, { 'content-type': 'application/wasm', 'content-length': whole.length }).write(whole.subarray(0, 50_000), () => outgoing.destroy()), /is no whole WebAssembly module/],
    ];
    for (const [answer, said] of answers) {
      state.answer = answer;
      await refused(state.url, 'not_ready', said);
      await refused(new URL(state.url), 'not_ready', said);
      await refused(fetch(state.url), 'not_ready', /rejected|answered 404|whole WebAssembly|this build/);
    }
    state.answer = answering(200, 'application/wasm', whole);
    const spent = await fetch(state.url);
    await spent.arrayBuffer();
    await refused(spent, 'not_ready', new RegExp(state.url));

    const broken = [
      [new Uint8Array(8), /what init was given is no whole/],
      [new ArrayBuffer(0), /is no whole/],
      [whole.subarray(0, 50_000), /is no whole/],
      [Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0), /not that of this build/],
      [await WebAssembly.compile(other), /not that of this build/],
      [new Blob([page]), /is no whole/],
      [`${await closedUrl()}/outdial.wasm`, /could not be loaded/],
      ['outdial.wasm', /outdial\.wasm could not be loaded/],
      [new URL('file:///nowhere/outdial.wasm'), /could not be loaded.*ENOENT/],
    ];
    for (const [source, said] of broken) await refused(source, 'not_ready', said);
    for (const reason of [new Error('no network'), undefined]) await refused(Promise.reject(reason), 'not_ready', /rejected: (?:no network|undefined)/);
    await assert.rejects(init(whole.subarray(0, 50_000)), ({ cause }) => cause instanceof WebAssembly.CompileError);

    state.answer = (outgoing) => {
      state.asked += 1;
      // A server that does not know the file's type.
      answering(200, 'application/octet-stream', whole)(outgoing);
    };
    await Promise.all([init(state.url), init(state.url), init(state.url)]);
    assert.equal(state.asked, 1, 'one load for all who wait');
    assert.equal(isE164(NUMBER), true);
    await init(null);
    await init('http://127.0.0.1:1/never-asked');
    assert.equal(isE164('nobody'), false);
  });
}
