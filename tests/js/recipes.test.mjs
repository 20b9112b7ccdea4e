import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import test, { before } from 'node:test';
import { createSandbox } from '../../pkg/sandbox/index.js';
import { root, tests } from '../../pkg/tools/paths.mjs';
import { codeOf, ensureRecipes, layCode, loadServer } from './support/recipes.mjs';
import { checkTypes } from './support/types.mjs';

const AGENT = '1f4baf16-1540-4d91-9696-7f34b2f2cb77';
const recipes = codeOf('recipes');
const lessons = codeOf('testing');
const readme = readFileSync(join(root, 'README.md'), 'utf8');
let project;

// What the recipes leave to their reader.
const BESIDE = {
  'relay/app/api/outdial/session.ts': 'export const sessionOf = async (request: Request) => (request.headers.get("cookie") ? { user: "ada" } : undefined);\n',
  'env.d.ts': 'declare const process: { env: Record<string, string | undefined> };\n',
  'tsconfig.json': JSON.stringify({
    compilerOptions: { target: 'es2022', lib: ['es2023', 'dom', 'dom.iterable'], types: [], jsx: 'react-jsx', strict: true, exactOptionalPropertyTypes: true, noUncheckedIndexedAccess: true, skipLibCheck: false, noEmit: true },
    include: ['env.d.ts', '**/*.ts', '**/*.tsx'],
  }),
};

before(async () => {
  await ensureRecipes();
  project = layCode('recipes', [...recipes, ...lessons, ...Object.entries(BESIDE)]);
});

test('the recipes in TypeScript compile as strictly as can be', async () => {
  assert.equal(await checkTypes('recipes', 'typescript', 'bundler'), '');
});

/** A sandbox in the place of the network, and the environment that a recipe reads. */
function inPlaceOfTheNetwork(t, env, options) {
  const sandbox = createSandbox(options);
  const [usual, before] = [globalThis.fetch, { ...process.env }];
  globalThis.fetch = (input, init) => sandbox.fetch(input instanceof Request ? input : new Request(input, init));
  Object.assign(process.env, env);
  t.after(() => {
    globalThis.fetch = usual;
    process.env = before;
  });
  return sandbox;
}

const post = (body, headers = {}) => new Request('https://shop.example/api/outdial', { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(body) });

test('the Next.js route places one call per form, and says what is wrong with a number', async (t) => {
  const sandbox = inPlaceOfTheNetwork(t, { TRUEDY_API_KEY: 'truedy_test', AGENT_ID: AGENT });
  const noon = Date.UTC(2026, 5, 1, 17);
  t.mock.timers.enable({ apis: ['Date'], now: noon });
  const { POST } = await loadServer(project, 'next/app/api/callback/route.ts');
  const answers = [];
  for (const [phoneNumber, formId] of [['(415) 555-0123', 'a'], ['(415) 555-0123', 'a'], ['415', 'b'], ['+44 20 7946 0958', 'c']]) {
    const response = await POST(post({ phoneNumber, formId }));
    answers.push([response.status, (await response.json()).code]);
  }
  assert.deepEqual(answers, [[201, undefined], [201, undefined], [422, 'invalid_input'], [403, 'not_allowed']]);
  assert.deepEqual(sandbox.rang, { '+14155550123': 1 });
});

test('the Worker creates a contact, and says what is wrong with one', async (t) => {
  const sandbox = inPlaceOfTheNetwork(t, {});
  const { default: worker } = await loadServer(project, 'worker/worker.ts');
  const env = { TRUEDY_API_KEY: 'truedy_test' };
  const created = await worker.fetch(post({ phoneNumber: '(415) 555-0123', firstName: 'Ada' }), env);
  assert.deepEqual([created.status, sandbox.created.contacts], [201, 1]);
  const refused = await worker.fetch(post({ phoneNumber: '+9198765xxxxx' }), env);
  assert.deepEqual([refused.status, (await refused.json())[0].path], [422, 'phoneNumber']);
});

test('the Hono app creates a contact, and refuses with the issues of the schema', async (t) => {
  const sandbox = inPlaceOfTheNetwork(t, { TRUEDY_API_KEY: 'truedy_test' });
  const { app } = await loadServer(project, 'hono/app.ts');
  const send = (phoneNumber) => app.request('/contacts', { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ phoneNumber }) });
  assert.deepEqual([(await send('+14155550123')).status, sandbox.created.contacts], [201, 1]);
  const refused = await send('+9198765xxxxx');
  assert.deepEqual([refused.status, /phoneNumber/.test(await refused.text())], [400, true]);
});

test('the Lambda places a call with Thoughtly, and asks nobody twice', async (t) => {
  const env = { THOUGHTLY_API_TOKEN: 'token', THOUGHTLY_TEAM_ID: 'team', INTERVIEW_ID: 'interview' };
  const sandbox = inPlaceOfTheNetwork(t, env);
  t.mock.method(console, 'error', () => {});
  const { handler } = await loadServer(project, 'lambda/handler.ts');
  const send = (phoneNumber) => handler({ body: JSON.stringify({ phoneNumber }) });
  assert.deepEqual(await send('(415) 555-0123'), { statusCode: 201, body: '{"status":"queued"}' });
  assert.equal((await send('1')).statusCode, 422);
  sandbox.faults([{ kind: 'cut_after', on: { operation: 'createCall' } }]);
  assert.match((await send('(415) 555-0124')).body, /outcome_unknown/);
  assert.deepEqual(sandbox.rang, { '+14155550123': 1, '+14155550124': 1 });
});

test('the relay does for its own page what it allows', async (t) => {
  const sandbox = inPlaceOfTheNetwork(t, { TRUEDY_API_KEY: 'truedy_test' });
  const { POST } = await loadServer(project, 'relay/app/api/outdial/route.ts');
  const { createCall, createClient } = await import('../../pkg/index.node.js');
  const visitor = (cookie) => createClient({ provider: 'relay', url: 'https://shop.example/api/outdial', fetch: (request) => POST(new Request(request, { headers: { ...Object.fromEntries(request.headers), ...cookie } })) });
  const input = { agentId: AGENT, phoneNumber: '+14155550123' };
  await assert.rejects(createCall(visitor({}), input), { code: 'unauthorized' });
  assert.equal((await createCall(visitor({ cookie: 'session=1' }), input)).status, 'queued');
  assert.deepEqual(sandbox.rang, { '+14155550123': 1 });
});

for (const engine of ['bullmq', 'cloudflare']) {
  test(`the worker of ${engine}, in the recipes and in the README, is the one that the queue's tests kill, in at most 25 lines`, () => {
    const worker = readFileSync(join(tests, 'packaging', `queue-${engine}`, 'worker.mjs'), 'utf8');
    assert.equal(recipes.get(`${engine}/worker.mjs`).trimEnd(), worker.trimEnd());
    assert.ok(readme.includes(`\`\`\`js\n${worker.trimEnd()}\n\`\`\`\n`));
    assert.ok(worker.trimEnd().split('\n').length <= 25);
  });
}

for (const file of lessons.keys()) {
  test(`${file} of the page on testing passes`, async () => {
    const ended = await new Promise((resolve) => {
      // A test that runs within another tells the outer one of itself by this.
      const { NODE_TEST_CONTEXT: _, ...env } = process.env;
      execFile(process.execPath, ['--test', '--test-reporter=tap', join(project, file)], { env, encoding: 'utf8' }, (error, stdout, stderr) => resolve({ code: error?.code ?? 0, output: stdout + stderr }));
    });
    assert.equal(ended.code, 0, ended.output);
    assert.match(ended.output, /# pass [1-9]/);
  });
}
