import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test, { after } from 'node:test';
import { launchChromium, openPage } from '../js/support/chromium.mjs';
import { openSite } from '../js/support/site.mjs';
import { wasmOf } from '../js/support/wrong-modules.mjs';

const site = await openSite();
const browser = await launchChromium();
after(() => Promise.all([browser.close(), site.close()]));

const whole = readFileSync(wasmOf('outdial'));
const page404 = '<!doctype html><title>Not found</title>';

/** What stands at an address in the module's place, and what the error says of it. */
const WRONG = {
  'a 404 page': [{ status: 404, contentType: 'text/html', body: page404 }, /answered 404.*outdial\/inline/],
  'a page that answers 200 for whatever is asked': [{ contentType: 'text/html', body: page404 }, /\(text\/html\) is no whole WebAssembly module/],
  'a page served as application/wasm': [{ contentType: 'application/wasm', body: page404 }, /\(application\/wasm\) is no whole WebAssembly module/],
  'a truncated module': [{ contentType: 'application/wasm', body: whole.subarray(0, 50_000) }, /is no whole WebAssembly module/],
  'a truncated module of another type': [{ contentType: 'application/octet-stream', body: whole.subarray(0, 50_000) }, /\(application\/octet-stream\) is no whole WebAssembly module/],
  'the module of another entry': [{ contentType: 'application/wasm', body: readFileSync(wasmOf('phone')) }, /not that of this build/],
  'no connection': [undefined, /could not be loaded .*connect-src/],
};

test('in Chromium init says what is wrong with the module it gets, and loads it once it is right, whatever its type', { timeout: 60_000 }, async (t) => {
  const { page } = await openPage(browser, `${site.env.siteUrl}tests/browser/cases.html`);
  t.after(() => page.close());
  let answer;
  await page.route('**/answered.wasm', (route) => (answer ? route.fulfill(answer) : route.abort()));
  const init = (source) =>
    page.evaluate(async (given) => {
      const { init, isE164 } = await import('/outdial/index.js');
      const settled = await init(given).then(() => ({}), ({ code, message, cause }) => ({ code, message, caused: cause !== undefined }));
      try {
        return { ...settled, read: isE164('+14155552671') };
      } catch (error) {
        return { ...settled, read: error.code };
      }
    }, source);
  for (const [what, [wrong, said]] of Object.entries(WRONG)) {
    answer = wrong;
    const { code, message, read } = await init('/answered.wasm');
    assert.deepEqual([code, read], ['not_ready', 'not_ready'], what);
    assert.match(message, said, what);
  }
  assert.equal((await init(42)).code, 'invalid_input');
  assert.match((await init('http://127.0.0.2:1/elsewhere.wasm')).message, /connect-src/);
  answer = { contentType: 'text/plain', body: whole };
  assert.deepEqual(await init('/answered.wasm'), { read: true });
});
