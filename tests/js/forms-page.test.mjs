import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import test from 'node:test';

// The entries of pages, where the module is not there until somebody has brought it.
const at = (file) => JSON.stringify(new URL(`../../pkg/${file}`, import.meta.url).href);

/** What a fresh process prints that has `validate` and `loads`, the modules that were compiled. */
function fresh(script) {
  const whole = `
    const loads = [];
    const { compile } = WebAssembly;
    WebAssembly.compile = (bytes) => (loads.push(bytes.byteLength > 150_000 ? 'whole' : 'phone'), compile(bytes));
    const { call, contact, phone } = await import(${at('forms.js')});
    const outdial = await import(${at('index.js')});
    const validate = (schema, value) => schema['~standard'].validate(value);
    console.log(JSON.stringify(await (async () => { ${script} })()));`;
  return JSON.parse(execFileSync(process.execPath, ['--input-type=module', '--eval', whole], { encoding: 'utf8' }));
}

test('before the module is there a validation is a promise that brings the small one, and then answers at once', () => {
  assert.deepEqual(fresh(`
    const schema = phone({ region: 'US' });
    const before = loads.length;
    const promise = validate(schema, '4155552671');
    const first = [promise instanceof Promise, await promise];
    return [before, first, validate(schema, '415').issues[0].code, validate(schema, '4155552671'), loads];
  `), [0, [true, { value: '+14155552671' }], 'too_short', { value: '+14155552671' }, ['phone']]);
});

test('an empty field is told at once', () => {
  assert.deepEqual(fresh(`return [validate(phone(), '').issues[0].code, loads];`), ['required', []]);
});

test('where the whole module has come or is on its way no other is loaded', () => {
  assert.deepEqual(fresh(`
    const loading = outdial.init();
    const value = await validate(phone(), '+14155552671');
    await loading;
    return [value, validate(phone(), '+14155552671'), validate(contact('truedy'), { phoneNumber: '+14155552671' }), loads];
  `), [{ value: '+14155552671' }, { value: '+14155552671' }, { value: { phoneNumber: '+14155552671' } }, ['whole']]);
});

test('a page with the inlined module has it for its forms too, whatever is imported first', () => {
  for (const first of ['index.node.js', 'forms.js']) {
    const script = `await import(${at(first)});
      const [{ contact, phone }] = [await import(${at('forms.js')}), await import(${at('index.node.js')})];
      console.log(JSON.stringify([phone(), contact('truedy')].map((schema) => schema['~standard'].validate('+14155552671').issues?.length ?? 0)));`;
    assert.deepEqual(JSON.parse(execFileSync(process.execPath, ['--input-type=module', '--eval', script], { encoding: 'utf8' })), [0, 2]);
  }
});

test('contact and call bring the whole module, and are synchronous afterwards', () => {
  assert.deepEqual(fresh(`
    const schema = contact('truedy');
    const promise = validate(schema, {});
    return [promise instanceof Promise, (await promise).issues[0].path, validate(call('truedy'), {}).issues.map(({ path }) => path), loads];
  `), [true, ['phoneNumber'], [['agentId'], ['phoneNumber']], ['whole']]);
});

test('a mistake in the options shows when the module has come', () => {
  assert.equal(fresh(`return validate(phone({ region: 'XX' }), '1').then(() => 'no', ({ message }) => message);`), 'parsePhone: region "XX" is not known');
  assert.equal(fresh(`return validate(contact('nobody'), {}).then(() => 'no', ({ code }) => code);`), 'invalid_input');
});

test('a load that fails rejects the validation, and the next one tries again', () => {
  assert.deepEqual(fresh(`
    const working = WebAssembly.compile;
    WebAssembly.compile = async () => { throw new Error('no network'); };
    const failed = await validate(phone(), '+14155552671').catch(({ code }) => code);
    WebAssembly.compile = working;
    return [failed, await validate(phone(), '+14155552671')];
  `), ['not_ready', { value: '+14155552671' }]);
});
