import assert from 'node:assert/strict';
import { join } from 'node:path';
import test, { before } from 'node:test';
import { ensureConsumers, fromConsumers, workerModules } from './support/consumers.mjs';
import { ensureFormsApp, formsApp, fromFormsApp } from './support/forms.mjs';

before(ensureFormsApp, { timeout: 300_000 });

test('tRPC takes the schemas as inputs: procedures get E.164, and callers hear what is wrong', async () => {
  const { calls } = await fromFormsApp('trpc.mjs');
  const caller = calls.createCaller({});
  assert.deepEqual(await caller.callMe('(415) 555-2671'), { calling: '+14155552671' });
  await assert.rejects(caller.callMe('+19005551234'), { code: 'BAD_REQUEST', message: /This kind of number is not accepted/ });
  assert.deepEqual(await caller.signUp({ phoneNumber: '+14155552671', email: '' }), { phoneNumber: '+14155552671' });
  await assert.rejects(caller.signUp({ phoneNumber: '+14155552671', email: 'grace' }), { code: 'BAD_REQUEST', message: /e-mail address/ });
});

test("Hono's standard validator answers 400 with the issues and their paths", async () => {
  const { app } = await fromFormsApp('hono.mjs');
  const post = (body) => app.request('/calls', { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
  const input = { agentId: '1f4baf16-1540-4d91-9696-7f34b2f2cb77', phoneNumber: '+1 415 555 2671' };
  assert.deepEqual(await (await post(input)).json(), input);
  const refused = await post({ ...input, phoneNumber: '+1 415', settings: { maxDurationSeconds: -1 } });
  assert.equal(refused.status, 400);
  const { error } = await refused.json();
  assert.deepEqual(error.map(({ path }) => path), [['phoneNumber'], ['settings', 'maxDurationSeconds']]);
});

test('TanStack Form shows a reason at the field while it is typed, and those of the form when it is sent', async () => {
  const { signUp } = await fromFormsApp('tanstack.mjs');
  const sent = [];
  const { form, phoneNumber, email } = signUp((value) => sent.push(value));
  const problems = (field) => field.state.meta.errors.map(({ message }) => message);
  phoneNumber.handleChange('415');
  assert.deepEqual(problems(phoneNumber), ['Too short for a number in United States'], 'at once, not in a promise');
  phoneNumber.handleChange('+14155552671');
  assert.deepEqual(problems(phoneNumber), []);
  email.handleChange('grace');
  await form.handleSubmit();
  assert.deepEqual([problems(email), sent], [['This must be an e-mail address, such as john@example.com'], []]);
  email.handleChange('');
  await form.handleSubmit();
  assert.deepEqual(sent, [{ phoneNumber: '+14155552671', email: '' }]);
});

test('a worker validates at once, with the clients of outdial', { timeout: 60_000 }, async (t) => {
  await ensureConsumers();
  const { Miniflare } = await fromConsumers('miniflare');
  const worker = new Miniflare({ modulesRoot: '/', modules: workerModules(join(formsApp, 'worker.mjs')), compatibilityDate: '2026-04-01' });
  t.after(() => worker.dispose());
  const answer = async (phoneNumber) => (await worker.dispatchFetch('http://worker/', { method: 'POST', body: JSON.stringify({ phoneNumber }) })).json();
  assert.deepEqual(await answer('(415) 555-2671'), [{ value: '+14155552671' }, { value: { phoneNumber: '(415) 555-2671' } }]);
  assert.deepEqual((await answer('415')).map(({ issues }) => issues[0].code), ['too_short', 'too_short']);
});
