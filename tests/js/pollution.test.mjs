import assert from 'node:assert/strict';
import test from 'node:test';
import { handleJob } from '../../pkg/queue.js';
import { createRelay } from '../../pkg/relay.js';
import { AGENT, failure, NUMBER, open, outdial } from './support/platforms.mjs';
import { messageOf, post } from './support/relay.mjs';

const { createCall, createCalls, createClient, createContact, getCall, parsePhone } = outdial;

/** Own members with the names that objects inherit, as JSON of a stranger has them; `of` is what each holds. */
const named = (name, of = 'x') => JSON.parse(`{"plan":"pro",${JSON.stringify(name)}:${JSON.stringify(of)}}`);
const INHERITED = ['constructor', 'prototype', 'toString', 'valueOf', 'hasOwnProperty', '__defineGetter__', 'toJSON'];

const before = Reflect.ownKeys(Object.prototype);
const inherited = Object.getOwnPropertyDescriptors(Object.prototype);

test.afterEach(() => {
  assert.deepEqual(Reflect.ownKeys(Object.prototype), before);
  for (const name of before) assert.deepEqual(Object.getOwnPropertyDescriptor(Object.prototype, name), inherited[name], String(name));
  assert.equal({}.polluted, undefined);
});

/** A sandbox and the operations of Truedy that carry an object of the caller's, as `{ send, path, arrived }`. */
function places() {
  const { sandbox, client } = open('truedy');
  const last = () => sandbox.requests.at(-1).json;
  return {
    sandbox,
    all: [
      { path: 'customFields', send: (customFields) => createContact(client, { phoneNumber: NUMBER, customFields }), arrived: () => last().custom_fields },
      { path: 'variables', send: (variables) => createCall(client, { agentId: AGENT, phoneNumber: NUMBER, variables }), arrived: () => last().variables },
    ],
  };
}

test('names that every object inherits are data like others', async () => {
  const { all } = places();
  for (const name of INHERITED) {
    for (const { path, send, arrived } of all) {
      await send(named(name));
      assert.ok(Object.hasOwn(arrived(), name), `${path}.${name}`);
      assert.deepEqual(JSON.parse(JSON.stringify(arrived())), named(name));
    }
  }
});

test('a member __proto__ is refused by name, and never lost', async () => {
  const { all, sandbox } = places();
  for (const { path, send } of all) {
    const error = await failure(send(named('__proto__', { polluted: true })));
    assert.deepEqual([error.code, error.issues.map((issue) => issue.path)], ['invalid_input', [`${path}.__proto__`]]);
  }
  const { client } = open('truedy');
  const input = JSON.parse(`{"agentId":"${AGENT}","phoneNumber":"${NUMBER}","extra":{"__proto__":{"polluted":true}}}`);
  assert.equal((await failure(createCall(client, input))).code, 'invalid_input');
  assert.equal((await failure(createCall(client, { agentId: AGENT, phoneNumber: NUMBER }, named('__proto__', { polluted: true })))).code, 'invalid_input');
  for await (const { ok, error } of createCalls(client, [JSON.parse(`{"__proto__":{"polluted":true},"agentId":"${AGENT}","phoneNumber":"${NUMBER}"}`)])) {
    assert.deepEqual([ok, error.code], [false, 'invalid_input']);
  }
  assert.equal(sandbox.requests.length, 0);
});

test('a configuration, and options of a number, take no member of that name', () => {
  const config = JSON.parse('{"provider":"truedy","apiKey":"truedy_1","__proto__":{"polluted":true}}');
  assert.throws(() => createClient(config), ({ code, issues }) => code === 'invalid_input' && issues[0].path === '__proto__');
  assert.throws(() => parsePhone(NUMBER, JSON.parse('{"__proto__":{"region":"GB"}}')), /__proto__/);
});

test('an answer with such names is read as data', async () => {
  for (const name of ['__proto__', 'constructor']) {
    const body = `{"data":{"id":"c1","status":"queued",${JSON.stringify(name)}:{"polluted":true},"context":{${JSON.stringify(name)}:{"polluted":true}}},${JSON.stringify(name)}:{"polluted":true}}`;
    const client = createClient({ provider: 'truedy', apiKey: 'truedy_1', fetch: async () => new Response(body, { status: 200 }) });
    const call = await getCall(client, 'c1');
    assert.deepEqual([call.id, call.status, call.polluted, Object.getPrototypeOf(call)], ['c1', 'queued', undefined, Object.prototype]);
    assert.equal(Object.getPrototypeOf(call.context), Object.prototype);
    // The platform's own words are always there whole.
    assert.ok(Object.hasOwn(call.raw.data.context, name) && Object.hasOwn(call.raw, name));
  }
  const refusing = createClient({ provider: 'truedy', apiKey: 'truedy_1', maxRetries: 0, fetch: async () => new Response('{"error":{"message":"no","details":{"__proto__":{"polluted":true}}}}', { status: 422 }) });
  const error = await failure(getCall(refusing, 'c1'));
  assert.deepEqual([error.code, error.polluted, {}.polluted], ['rejected', undefined, undefined]);
});

test('a relay takes no such member, wherever a body has one', async () => {
  const { client, sandbox } = open('truedy');
  const relay = createRelay({ client, allow: ['createCall'], policy: { regions: ['US'] }, authorize: () => true });
  const message = JSON.stringify(messageOf('createCall', { agentId: AGENT, phoneNumber: NUMBER, variables: { order: '7' } }));
  for (const body of [
    message.replace('{', '{"__proto__":{"operation":"deleteCalls"},'),
    message.replace('"variables":{', '"variables":{"__proto__":{"polluted":true},'),
    message.replace('"input":{', '"input":{"__proto__":{"polluted":true},'),
    message.replace('"options":{', '"options":{"__proto__":{"polluted":true},'),
  ]) {
    assert.notEqual(body, message);
    const response = await relay(post(JSON.parse(body), { body }));
    assert.ok(response.status >= 400, body);
  }
  assert.equal(sandbox.requests.length, 0);
});

test('the record of a job can bring no members of its own', async () => {
  const { client } = open('truedy');
  const record = JSON.parse('{"state":"completed","operation":"createCall","provider":"truedy","id":"c1","__proto__":{"polluted":true}}');
  const outcome = await handleJob(client, { id: 'j', input: { agentId: AGENT, phoneNumber: NUMBER } }, { claim: async () => record, put: async () => {}, delete: async () => {} });
  assert.deepEqual(outcome, { status: 'completed', id: 'c1' });
});
