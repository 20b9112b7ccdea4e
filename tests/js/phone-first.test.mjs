import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import test from 'node:test';

const entry = new URL('../../pkg/dist/node/phone.js', import.meta.url).href;

/** What a fresh process prints, where nothing was asked of the engine before. */
function fresh(script) {
  const whole = `import * as outdial from ${JSON.stringify(entry)};\nconsole.log(JSON.stringify(${script}));`;
  return JSON.parse(execFileSync(process.execPath, ['--input-type=module', '--eval', whole], { encoding: 'utf8' }));
}

test('a number is read alike whatever was asked for first', () => {
  assert.equal(fresh("[outdial.regions().length, outdial.isValidPhone('+14155552671')][1]"), true);
  assert.equal(fresh("outdial.examplePhone('US').e164"), '+12015550123');
  assert.equal(fresh("outdial.asYouType('US').input('4155552671').text"), '(415) 555-2671');
});

test('a long text leaves room for a longer number', () => {
  const spaces = (count) => `'+14155552671' + ' '.repeat(${count})`;
  assert.equal(fresh(`[outdial.findPhones(' '.repeat(65)).length, outdial.isValidPhone(${spaces(238)})][1]`), true);
  assert.equal(fresh(`[outdial.findPhones(' '.repeat(65)).length, outdial.isValidPhone(${spaces(239)})][1]`), false);
  assert.equal(fresh(`[outdial.findPhones(' '.repeat(65)).length, outdial.isValidPhone(${spaces(238)}.replaceAll(' ', '\\u3000'))][1]`), true);
});
