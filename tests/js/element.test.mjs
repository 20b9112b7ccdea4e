import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import test, { before } from 'node:test';
import { ensureFormsApp, formsApp } from './support/forms.mjs';

const entries = ['element.js', 'dist/node/element.js', 'element.server.js'].map((file) => new URL(`../../pkg/${file}`, import.meta.url).href);

before(ensureFormsApp, { timeout: 300_000 });

test('on a server the import defines nothing, loads nothing and breaks nothing', () => {
  for (const entry of entries) {
    const script = `const { OutdialPhone, texts } = await import(${JSON.stringify(entry)});
      console.log(JSON.stringify([typeof OutdialPhone, texts.country, typeof customElements]));`;
    assert.equal(execFileSync(process.execPath, ['--input-type=module', '--eval', script], { encoding: 'utf8' }), '["function","Country","undefined"]\n');
  }
});

test('in jsdom, where elements have neither validity nor popovers, it formats, judges and has its label', async () => {
  const { JSDOM } = createRequire(join(formsApp, 'package.json'))('jsdom');
  const { window } = new JSDOM('<form><label for="p">Phone</label><outdial-phone id="p" name="p" region="US" required></outdial-phone></form>', { url: 'http://localhost/' });
  for (const name of ['document', 'HTMLElement', 'customElements', 'Event', 'navigator']) {
    Object.defineProperty(globalThis, name, { value: window[name], configurable: true });
  }
  await import(entries[1]);
  const field = window.document.getElementById('p');
  const input = field.shadowRoot.querySelector('[part=number]');
  assert.deepEqual([field.checkValidity(), field.validationMessage, input.getAttribute('aria-label')], [false, 'Enter a phone number', 'Phone']);
  const heard = [];
  field.addEventListener('input', ({ target }) => heard.push(target.value));
  for (const text of ['415', '4155552671']) {
    input.value = text;
    input.dispatchEvent(new window.Event('input', { bubbles: true, composed: true }));
  }
  assert.deepEqual([heard, field.text, field.checkValidity()], [['', '+14155552671'], '(415) 555-2671', true]);
});
