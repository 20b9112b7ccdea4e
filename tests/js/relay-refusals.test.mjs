import assert from 'node:assert/strict';
import { connect } from 'node:net';
import test from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { CALL, KEY, messageOf, NUMBER, openRelay, post, serveRelay } from './support/relay.mjs';

/** The answer to a request, whose vendor must have heard nothing. */
async function refusedBy(options, request = post()) {
  const { relay, sandbox } = openRelay({ hookTimeoutMs: 50, bodyTimeoutMs: 50, ...options });
  const response = await relay(request);
  const text = await response.text();
  assert.deepEqual(sandbox.requests, [], `${response.status} ${text}`);
  assert.equal(response.headers.get('content-type'), 'application/json');
  assert.equal(response.headers.get('cache-control'), 'no-store');
  const { version, ok, error } = JSON.parse(text);
  assert.deepEqual([version, ok], [1, false]);
  assert.equal(typeof error.message, 'string');
  return { status: response.status, code: error.code, error, headers: response.headers };
}

const statusAndCode = async (...args) => {
  const { status, code } = await refusedBy(...args);
  return [status, code];
};

const never = () => new Promise(() => {});
const throws = () => {
  throw new Error(`the store ${KEY} is down`);
};

test('only POST of JSON is taken', async () => {
  for (const method of ['GET', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'HEAD']) {
    const { status, code, headers } = await refusedBy({}, new Request('https://shop.example/api', { method }));
    assert.deepEqual([status, code, headers.get('allow')], [405, 'rejected', 'POST'], method);
  }
  for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'application/jsonp', 'application/json; charset=latin1', '']) {
    assert.deepEqual(await statusAndCode({}, post(undefined, { headers: { 'content-type': type } })), [415, 'rejected'], type);
  }
});

test('a body beyond 64 kB is refused by what it says of itself, and by what it is', async () => {
  const long = messageOf('createCall', { ...CALL, variables: { note: 'x'.repeat(64 * 1024) } });
  assert.deepEqual(await statusAndCode({}, post(long)), [413, 'rejected']);
  assert.deepEqual(await statusAndCode({}, post('{}', { headers: { 'content-length': '65537' } })), [413, 'rejected']);

  let pulls = 0;
  let stopped = false;
  const endless = new ReadableStream({
    pull(controller) {
      pulls += 1;
      controller.enqueue(new Uint8Array(4096));
    },
    cancel: () => void (stopped = true),
  });
  assert.deepEqual(await statusAndCode({}, post(endless)), [413, 'rejected']);
  assert.ok(stopped && pulls <= 19, `${pulls} pieces were read`);
});

test('a body that comes too slowly is given up', async () => {
  const slow = new ReadableStream({ pull: never });
  const { status, code, error } = await refusedBy({}, post(slow));
  assert.deepEqual([status, code, error.repeat], [408, 'timeout', 'undone']);
  const drip = new ReadableStream({
    async pull(controller) {
      await setTimeout(15);
      controller.enqueue(new Uint8Array([32]));
    },
  });
  assert.deepEqual(await statusAndCode({}, post(drip)), [408, 'timeout']);
});

test('pages of other origins are refused, listed ones and the relay\'s own are not', async () => {
  const options = { origins: ['https://app.example'] };
  for (const [headers, allowed] of [
    [{}, true],
    [{ origin: 'https://shop.example' }, true],
    [{ origin: 'https://app.example' }, true],
    [{ origin: 'https://proxied.example', 'sec-fetch-site': 'same-origin' }, true],
    [{ origin: 'https://app.example', 'sec-fetch-site': 'cross-site' }, true],
    [{ origin: 'https://named.example', host: 'named.example' }, true],
    [{ origin: 'https://evil.example', host: 'named.example' }, false],
    [{ origin: 'http://shop.example' }, false],
    [{ origin: 'https://shop.example:8443' }, false],
    [{ origin: 'https://evil.example' }, false],
    [{ origin: 'https://app.example.evil.example' }, false],
    [{ origin: 'null' }, false],
    [{ 'sec-fetch-site': 'cross-site' }, false],
    [{ origin: 'https://evil.example', 'sec-fetch-site': 'same-site' }, false],
  ]) {
    const { relay, sandbox } = openRelay(options);
    const response = await relay(post(undefined, { headers }));
    assert.equal(response.status, allowed ? 200 : 403, JSON.stringify(headers));
    assert.equal(sandbox.created.calls, allowed ? 1 : 0);
    const listed = headers.origin === 'https://app.example';
    assert.equal(response.headers.get('access-control-allow-origin'), listed ? headers.origin : null);
    assert.equal(response.headers.get('vary'), 'Origin');
  }
  // TLS may end before the relay, which then sees http.
  const { relay } = openRelay();
  const behindProxy = post(undefined, { url: 'http://shop.example/api', headers: { origin: 'https://shop.example' } });
  assert.equal((await relay(behindProxy)).status, 200);
});

test('a preflight is answered to listed origins alone, and asks nobody', async () => {
  const { relay } = openRelay({ origins: ['https://app.example'], authorize: () => assert.fail('a preflight was authorized') });
  const ask = (origin) =>
    relay(new Request('https://shop.example/api', {
      method: 'OPTIONS',
      headers: { origin, 'access-control-request-method': 'POST', 'access-control-request-headers': 'content-type,x-csrf-token' },
    }));
  const listed = await ask('https://app.example');
  assert.equal(listed.status, 204);
  assert.equal(listed.headers.get('access-control-allow-origin'), 'https://app.example');
  assert.equal(listed.headers.get('access-control-allow-methods'), 'POST');
  assert.equal(listed.headers.get('access-control-allow-headers'), 'content-type,x-csrf-token');
  const other = await ask('https://evil.example');
  assert.deepEqual([other.status, other.headers.get('access-control-allow-origin')], [403, null]);
});

test('only a plain true of authorize lets a request pass', async () => {
  for (const authorize of [() => false, () => undefined, () => null, () => 1, () => ({ user: 1 }), () => new Response(null), async () => false]) {
    assert.deepEqual(await statusAndCode({ authorize }), [401, 'unauthorized'], String(authorize));
  }
  for (const authorize of [throws, async () => throws(), never]) {
    const { status, code, error } = await refusedBy({ authorize });
    assert.deepEqual([status, code, error.provider], [403, 'unauthorized', 'relay'], String(authorize));
    assert.ok(!JSON.stringify(error).includes(KEY));
  }
});

test('authorize and rateLimit are given the request, and its body is the relay\'s', async () => {
  const seen = [];
  const see = (request) => seen.push(request.headers.get('cookie')) > 0;
  const { relay, sandbox } = openRelay({ authorize: see, rateLimit: see });
  assert.equal((await relay(post(undefined, { headers: { cookie: 'session=1' } }))).status, 200);
  assert.deepEqual([seen, sandbox.created.calls], [['session=1', 'session=1'], 1]);
  const greedy = async (request) => Boolean(await request.text());
  assert.deepEqual(await statusAndCode({ authorize: greedy }), [500, 'internal']);
});

test('a rate limit answers 429 and says how long to wait', async () => {
  const { status, error, headers } = await refusedBy({ rateLimit: () => ({ allow: false, retryAfterMs: 1500 }) });
  assert.deepEqual([status, error.code, error.retryAfterMs, error.repeat], [429, 'rate_limited', 1500, 'undone']);
  assert.equal(headers.get('retry-after'), '2');
  for (const rateLimit of [() => false, async () => false, throws, never, () => 'no', () => ({ allow: 'yes', retryAfterMs: -1 })]) {
    const refused = await refusedBy({ rateLimit });
    assert.deepEqual([refused.status, refused.error.retryAfterMs], [429, undefined], String(rateLimit));
  }
  for (const rateLimit of [() => true, async () => ({ allow: true })]) {
    assert.equal((await openRelay({ rateLimit }).relay(post())).status, 200);
  }
});

test('the relay\'s policy decides, whatever the client\'s says', async () => {
  const open = { regions: ['US', 'GB', '001'], types: ['mobile', 'fixed_line', 'fixed_line_or_mobile', 'premium_rate'] };
  const call = (phoneNumber) => post(messageOf('createCall', { ...CALL, phoneNumber }));
  for (const [policy, phoneNumber, rule] of [
    [{ regions: ['GB'] }, NUMBER, 'regions'],
    [{ regions: ['US'] }, '+19002345678', 'types'],
    [{ regions: ['US'] }, '+870773111632', 'regions'],
    [{ regions: ['US'], refusedPrefixes: ['+1415'] }, NUMBER, 'refusedPrefixes'],
    [{ regions: ['US'], beforeCall: () => ({ allow: false, reason: 'On a list' }) }, NUMBER, 'beforeCall'],
    [{ regions: ['US'], beforeCall: throws }, NUMBER, 'beforeCall'],
    [{ regions: ['US'], beforeCall: never }, NUMBER, 'beforeCall'],
  ]) {
    const { status, code, error } = await refusedBy({ policy, client: { policy: open } }, call(phoneNumber));
    assert.deepEqual([status, code, error.details.rule], [403, 'not_allowed', rule], phoneNumber);
    assert.ok(!JSON.stringify(error).includes(phoneNumber.slice(1)), 'the refusal repeats the number');
  }
  // The client's own policy is asked as well.
  const { code, error } = await refusedBy({ client: { policy: { regions: ['GB'] } } });
  assert.deepEqual([code, error.details.rule], ['not_allowed', 'regions']);
});

test('calls by contactId need contactIds: true', async () => {
  const byId = () => post(messageOf('createCall', { agentId: 'agent', contactId: 'contact' }));
  const { code, error } = await refusedBy({ provider: 'thoughtly' }, byId());
  assert.deepEqual([code, error.details.rule], ['not_allowed', 'contactIds']);
  const { relay, sandbox } = openRelay({ provider: 'thoughtly', policy: { regions: ['US'], contactIds: true } });
  await relay(byId());
  assert.equal(sandbox.arrived['thoughtly.createCall'], 1);
});

test('what a policy cannot see is closed: extra, and numbers that depend on a region', async () => {
  const extra = { ...CALL, extra: { to: '+19002345678' } };
  const refused = await refusedBy({}, post(messageOf('createCall', extra)));
  assert.deepEqual([refused.status, refused.code, refused.error.issues[0].path], [422, 'invalid_input', 'extra']);
  assert.equal((await openRelay({ extra: true }).relay(post(messageOf('createCall', extra)))).status, 200);
  const national = await refusedBy({ client: { region: 'US' } }, post(messageOf('createCall', { ...CALL, phoneNumber: '(415) 555-0123' })));
  assert.deepEqual([national.status, national.error.issues[0].path], [422, 'phoneNumber']);
});

test('what a message lacks or should not hold is named', async () => {
  const good = messageOf('createCall', CALL);
  for (const [message, status, path] of [
    ['', 400, ''],
    ['{', 400, ''],
    ['[]', 400, ''],
    ['null', 400, ''],
    [new Uint8Array([0x22, 0xff, 0x22]), 400, ''],
    [{}, 400, 'version'],
    [{ ...good, version: 2 }, 400, 'version'],
    [{ ...good, operation: 'dial' }, 400, 'operation'],
    [{ ...good, operation: 'constructor' }, 400, 'operation'],
    [{ ...good, operation: 'createContacts' }, 400, 'operation'],
    [{ ...good, input: [] }, 400, 'input'],
    [{ ...good, options: 1 }, 400, 'options'],
    [{ ...good, options: {} }, 400, 'idempotencyKey'],
    [{ ...good, options: { idempotencyKey: null } }, 400, 'idempotencyKey'],
    [{ ...good, options: { idempotencyKey: 'k', maxRetries: 9 } }, 400, 'options.maxRetries'],
    [{ ...good, options: { idempotencyKey: 'k', timeoutMs: 1.5 } }, 400, 'timeoutMs'],
    [{ ...good, policy: {} }, 400, 'policy'],
    [{ ...good, options: { idempotencyKey: 'a\nb' } }, 422, 'idempotencyKey'],
    [{ ...good, options: { idempotencyKey: 7 } }, 422, 'idempotencyKey'],
    [messageOf('createCall', { phoneNumber: NUMBER }), 422, 'agentId'],
    [messageOf('createContact', { phoneNumber: '+9198765xxxxx' }), 422, 'phoneNumber'],
    [messageOf('createContact', { phoneNumber: NUMBER, __proto__x: 1 }), 422, '__proto__x'],
  ]) {
    const refused = await refusedBy({}, post(message));
    assert.deepEqual([refused.status, refused.code, refused.error.issues[0].path], [status, 'invalid_input', path], JSON.stringify(message));
  }
  assert.deepEqual(await statusAndCode({ allow: ['createContact'] }), [403, 'not_allowed']);
});

/** A generator of numbers from 0 to 1, the same for the same seed (mulberry32). */
function randomOf(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

test('1,000 malformed requests give a 4xx JSON each, and the vendor hears of none', async () => {
  const random = randomOf(1000);
  const pick = (list) => list[Math.floor(random() * list.length)];
  const junk = () => pick([null, true, -1, 1e308, '', 'x', '\u0000', '+1900', [], {}, [[]], { a: { b: [1] } }, '__proto__', '\ud800', 'constructor']);
  const good = () => messageOf(pick(['createCall', 'createContact']), { ...CALL });
  const text = (value) => JSON.stringify(value);
  const spoil = [
    () => ({ body: text(good()).slice(0, Math.floor(random() * (text(good()).length - 60))) }),
    () => ({ body: text({ ...good(), [pick(['version', 'operation', 'input', 'options'])]: pick([null, -1, 'x', [], true]) }) }),
    () => ({ body: text({ ...good(), [`x${Math.floor(random() * 1e6)}`]: junk() }) }),
    () => ({ body: text(junk()) }),
    () => ({ body: Uint8Array.from({ length: 1 + Math.floor(random() * 200) }, () => Math.floor(random() * 256)) }),
    () => ({ body: text(messageOf('createCall', { ...CALL, [pick(['phoneNumber', 'agentId', 'variables', 'settings', 'fromNumber'])]: pick([-1, true, [], [[]], ['x']]) })) }),
    () => ({ body: text(messageOf('createCall', { ...CALL, phoneNumber: pick(['+', '+1415555', '+19002345678', '+9198765xxxxx', '+14155550123;ext=9', '１２３', '911', '+8816123']) })) }),
    () => ({ body: text(messageOf('createContact', { [pick(['a', '', '__proto__', 'toString', 'phone_number'])]: junk() })) }),
    () => ({ body: `${'['.repeat(1 + Math.floor(random() * 20_000))}` }),
    () => ({ body: text(messageOf('createCall', CALL, { idempotencyKey: pick(['', 'a b\n', 'é', 'x'.repeat(256)]) })) }),
    () => ({ body: text(good()), headers: { 'content-type': pick(['text/plain', 'multipart/form-data', 'application/jsonx', 'a/b']) } }),
    () => ({ body: text(good()), headers: { origin: pick(['null', 'https://evil.example', 'garbage', 'http://shop.example']) } }),
    () => ({ body: text(good()), method: pick(['PUT', 'PATCH', 'DELETE']) }),
    () => ({ body: text(good()) + pick(['x', '{}', ',', '\u0000']) }),
    () => ({ body: ' '.repeat(65_537 + Math.floor(random() * 1000)) }),
  ];
  const { relay, sandbox } = openRelay();
  const met = new Map();
  for (let index = 0; index < 1000; index++) {
    const { body, ...init } = pick(spoil)();
    const response = await relay(post(body, init));
    const answer = await response.text();
    assert.ok(response.status >= 400 && response.status < 500, `${index}: ${response.status} ${answer} to ${String(body).slice(0, 200)}`);
    assert.equal(JSON.parse(answer).ok, false);
    met.set(response.status, (met.get(response.status) ?? 0) + 1);
  }
  assert.deepEqual(sandbox.requests, []);
  assert.deepEqual([...met.keys()].sort(), [400, 403, 405, 413, 415, 422]);
});

/** What a server answers to bytes that are sent in pieces, until it closes. */
function raw(url, pieces, everyMs = 0) {
  const { hostname, port } = new URL(url);
  return new Promise((resolve) => {
    const socket = connect(Number(port), hostname);
    let answer = '';
    let timer;
    const end = () => {
      clearInterval(timer);
      resolve(answer);
    };
    const next = () => {
      const { value, done } = pieces.next();
      if (!done && !socket.destroyed) socket.write(value);
    };
    timer = setInterval(next, everyMs);
    socket.setEncoding('latin1').on('data', (text) => (answer += text)).on('error', () => {}).on('close', end);
  });
}

const HEAD = 'POST /api/outdial HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n';

test('over HTTP an endless body in chunks is answered and cut off', { timeout: 20_000 }, async (t) => {
  const { url, sandbox } = await serveRelay(t);
  let sent = 0;
  function* endless() {
    yield HEAD;
    for (;;) {
      sent += 1024;
      yield `400\r\n${' '.repeat(1024)}\r\n`;
    }
  }
  assert.match(await raw(url, endless(), 1), /^HTTP\/1\.1 413 [^]*"code":"rejected"/);
  assert.ok(sent < 1024 * 1024, `${sent} bytes were taken`);
  assert.deepEqual(sandbox.requests, []);
});

test('over HTTP a body that drips is answered and cut off', { timeout: 20_000 }, async (t) => {
  const { url, sandbox } = await serveRelay(t, { bodyTimeoutMs: 100 });
  function* drip() {
    yield HEAD;
    for (;;) yield '1\r\n \r\n';
  }
  assert.match(await raw(url, drip(), 20), /^HTTP\/1\.1 408 [^]*"code":"timeout"/);
  assert.deepEqual(sandbox.requests, []);
});

test('over HTTP a Host that makes no URL is 400', { timeout: 20_000 }, async (t) => {
  const { url } = await serveRelay(t);
  const head = 'POST /api HTTP/1.1\r\nHost: a b\r\nContent-Length: 0\r\nConnection: close\r\n\r\n';
  assert.match(await raw(url, [head].values()), /^HTTP\/1\.1 400 /);
});
