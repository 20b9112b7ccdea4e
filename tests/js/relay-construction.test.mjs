import assert from 'node:assert/strict';
import test from 'node:test';
import { createClient } from '../../pkg/index.node.js';
import { createRelay } from '../../pkg/relay.js';

const client = createClient({ provider: 'truedy', apiKey: 'truedy_test' });
const GOOD = { client, allow: ['createCall'], policy: { regions: ['US'] }, authorize: () => true };

const problems = (options) => {
  try {
    createRelay(options);
    return [];
  } catch (error) {
    assert.equal(error.code, 'invalid_input');
    assert.equal(error.operation, 'createRelay');
    for (const { path } of error.issues) assert.ok(error.message.includes(path), error.message);
    return error.issues.map(({ path, code }) => `${path}: ${code}`);
  }
};

test('a relay is refused at construction with the name of what is wrong', () => {
  const relayed = createClient({ provider: 'relay', url: 'https://shop.example/api' });
  for (const [changes, expected] of [
    [{}, []],
    [{ policy: { regions: ['US', '001'], types: ['mobile'], beforeCall: () => ({ allow: true }) } }, []],
    [{ client: undefined }, ['client: required']],
    [{ client: {} }, ['client: invalid_type']],
    [{ client: relayed }, ['client: invalid_type']],
    [{ authorize: undefined }, ['authorize: required']],
    [{ authorize: true }, ['authorize: invalid_type']],
    [{ policy: undefined }, ['policy: required']],
    [{ policy: 'US' }, ['policy: invalid_type']],
    [{ policy: {} }, ['policy.regions: required']],
    [{ policy: { types: ['mobile'] } }, ['policy.regions: required']],
    [{ policy: { regions: [] } }, ['policy.regions: required']],
    [{ policy: { regions: 'US' } }, ['policy.regions: invalid_type']],
    [{ policy: { regions: ['US', 'XX'] } }, ['policy.regions.1: invalid_format']],
    [{ policy: { regions: ['US'], types: ['cell'] } }, ['policy.types.0: invalid_format']],
    [{ policy: { regions: ['US'], region: 'US' } }, ['policy.region: unknown_field']],
    [{ policy: { regions: ['US'], beforeCall: true } }, ['policy.beforeCall: invalid_type']],
    [{ allow: undefined }, ['allow: required']],
    [{ allow: [] }, ['allow: required']],
    [{ allow: 'createCall' }, ['allow: invalid_type']],
    [{ allow: ['createCall', 'dial', 'constructor', 1] }, ['allow.1: invalid_format', 'allow.2: invalid_format', 'allow.3: invalid_format']],
    [{ origins: ['https://a.example', '*', 'https://a.example/', 'null', 'a.example'] }, ['origins.1: invalid_format', 'origins.2: invalid_format', 'origins.3: invalid_format', 'origins.4: invalid_format']],
    [{ rateLimit: 5 }, ['rateLimit: invalid_type']],
    [{ raw: 'yes', extra: 1 }, ['raw: invalid_type', 'extra: invalid_type']],
    [{ timeoutMs: 0, hookTimeoutMs: 1.5, bodyTimeoutMs: Infinity }, ['timeoutMs: invalid_type', 'hookTimeoutMs: invalid_type', 'bodyTimeoutMs: invalid_type']],
    [{ authorise: () => true }, ['authorise: unknown_field']],
    [{ client: null, authorize: null, policy: { regions: ['QQ'] } }, ['client: required', 'policy.regions.0: invalid_format', 'authorize: required']],
  ]) {
    assert.deepEqual(problems({ ...GOOD, ...changes }), expected, JSON.stringify(changes));
  }
  for (const options of [undefined, null, 'x', []]) assert.throws(() => createRelay(options), { code: 'invalid_input' });
});

test('a policy with a hundred thousand mistakes is refused as one with few', () => {
  const named = problems({ ...GOOD, policy: { regions: Array(123_443) } });
  assert.equal(named.length, 100);
  assert.equal(named[99], 'policy.regions.99: invalid_format');
});

test('a client of a relay needs an address that can be reached from where it runs', () => {
  assert.equal(createClient({ provider: 'relay', url: 'https://shop.example/api' }).provider, 'relay');
  for (const url of ['/api/outdial', 'api', '', undefined, 'https://u:p@shop.example/']) {
    assert.throws(() => createClient({ provider: 'relay', url }), ({ code, issues }) => code === 'invalid_input' && issues[0].path === 'url');
  }
});
