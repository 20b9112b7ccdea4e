import { load } from '../fuzz/js/targets.mjs';

const [outdial, { readContactsCsv }, { createRelay }, forms] = await Promise.all(['outdial', 'outdial/csv', 'outdial/relay', 'outdial/forms'].map(load));
const NUMBER = '+14155552671';
const AGENT = '1f4baf16-1540-4d91-9696-7f34b2f2cb77';

/** `unit` again and again, `size` characters of it, between a start and an end. */
const fill = (unit, size, start = '', end = '') => start + unit.repeat(Math.ceil(size / unit.length)).slice(0, size) + end;

const client = (config) => outdial.createClient({ provider: 'truedy', apiKey: 'truedy_a1', maxRetries: 0, ...config });
const answered = (status, body, headers) => async () => new Response(body, { status, headers });
const called = (config) => outdial.createCall(client(config), { agentId: AGENT, phoneNumber: NUMBER }).catch(() => {});

async function drain(rows) {
  for await (const row of rows) void row;
}

// A file may be refused, which takes reading it.
const csv = (text) => () => drain(readContactsCsv(text, { phoneNumber: 'Phone', firstName: 'Name' })).catch(() => {});
const HEAD = 'Phone,Name\n';

const relay = createRelay({ client: client({ fetch: answered(201, '{"data":{"id":"x"}}') }), allow: ['createCall'], policy: { regions: ['US'] }, authorize: () => true });
const asked = (body) => async () => (await relay(new Request('https://a.example/', { method: 'POST', headers: { 'content-type': 'application/json' }, body }))).text();

/** Numbers, in the shapes that make backtracking readers slow. */
const TEXTS = { digits: '4155552671', spaces: ' ', 'opening brackets': '(', dashes: '1-', pluses: '+', 'an extension': ' ext. 1', letters: 'abc ', 'numbers and words': 'call 415-555-2671 or ' };
const phones = Object.entries(TEXTS).flatMap(([shape, unit]) => [
  ['parsePhone', (text) => () => outdial.parsePhone(text, { region: 'US' })],
  ['parsePhone, lenient', (text) => () => outdial.parsePhone(text, { region: 'US', mode: 'lenient' })],
  ['isValidPhone', (text) => () => outdial.isValidPhone(text)],
  ['toE164', (text) => () => outdial.toE164(text, { region: 'US' })],
  ['asYouType', (text) => () => outdial.asYouType('US').input(text)],
  ['findPhones', (text) => () => outdial.findPhones(text, { region: 'US' })],
].map(([name, work]) => ({ name: `${name}: ${shape}`, make: (size) => work(fill(unit, size)) })));

/**
 * Every reader of what comes from outside, as `{ name, make }`: `make(size)` prepares an input of so many characters and gives
 * the work, whose time must grow with it and no faster.
 */
export const PARSERS = [
  ...phones,
  { name: 'checkPhones: lines', make: (size) => { const text = fill(`${NUMBER}\n`, size); return () => outdial.checkPhones(text); } },
  { name: 'checkPhones: one line', make: (size) => { const text = fill('4', size); return () => outdial.checkPhones(text); } },
  { name: 'checkPhones: an array', make: (size) => { const list = Array(Math.ceil(size / 12)).fill(NUMBER); return () => outdial.checkPhones(list); } },
  { name: 'an answer: a long text', make: (size) => () => called({ fetch: answered(201, fill('x', size, '{"data":{"id":"x","summary":"', '"}}')) }) },
  { name: 'an answer: many members', make: (size) => () => called({ fetch: answered(201, fill('"a":1,', size - (size % 6), '{"data":{"id":"x","context":{', '"z":1}}}')) }) },
  { name: 'an answer: brackets', make: (size) => () => called({ fetch: answered(201, fill('[', size)) }) },
  { name: 'an error: a long message', make: (size) => () => called({ fetch: answered(422, fill('x y ', size, '{"error":{"code":"x","message":"', '"}}')) }) },
  { name: 'an error: many problems', make: (size) => { const one = '{"loc":["body","phone_number"],"msg":"no","type":"x"},'; return () => called({ fetch: answered(422, fill(one, size - (size % one.length), '{"detail":[', `${one.slice(0, -1)}]}`)) }); } },
  { name: 'an error: HTML', make: (size) => () => called({ fetch: answered(502, fill('<p>', size)) }) },
  { name: 'Retry-After: digits', make: (size) => () => called({ fetch: answered(429, '{}', { 'retry-after': fill('1', Math.min(size, 1e6)) }), totalTimeoutMs: 50 }) },
  { name: 'Retry-After: spaces', make: (size) => { const headers = { get: (name) => (name === 'retry-after' ? fill(' ', size, '1', 'x') : null) }; return () => called({ fetch: async () => ({ status: 429, headers, text: async () => '{}' }), totalTimeoutMs: 50 }); } },
  { name: 'a JWT', make: (size) => { const jwt = `${btoa('{"alg":"HS256"}')}.${btoa(fill('x', size, '{"appId":"', '"}')).replaceAll('=', '')}.x`; return () => { try { outdial.createClient({ provider: 'kore', host: 'a.example', streamId: 's', accountId: 'a', auth: { jwt } }); } catch { /* refused, which takes reading it */ } }; } },
  { name: 'CSV: rows', make: (size) => csv(fill(`${NUMBER},Ada\n`, size, HEAD)) },
  { name: 'CSV: quoted rows', make: (size) => csv(fill(`"${NUMBER}","A ""d"" a"\n`, size, HEAD)) },
  { name: 'CSV: line ends', make: (size) => csv(fill('\r\n', size, HEAD)) },
  { name: 'CSV: byte order marks', make: (size) => csv(fill('\ufeff', size, HEAD)) },
  { name: 'CSV: one huge cell', make: (size) => csv(fill('x', size, `${HEAD}${NUMBER},"`, '"\n')) },
  { name: 'CSV: quotes', make: (size) => csv(fill('"', size, HEAD)) },
  { name: 'CSV: bad quotes', make: (size) => csv(fill('"a"b,c\n', size, HEAD)) },
  { name: 'CSV: columns', make: (size) => csv(fill('a,', size, 'Phone,Name,')) },
  { name: 'CSV: separators', make: (size) => csv(fill(',', size, HEAD)) },
  { name: 'a relay: a long body', make: (size) => asked(fill(' ', size)) },
  { name: 'a relay: brackets', make: (size) => asked(fill('[', size)) },
  { name: 'forms: a path', make: (size) => { const value = { phoneNumber: NUMBER, [fill('a.', size)]: 1 }; return () => forms.contact('truedy')['~standard'].validate(value); } },
  { name: 'forms: many unknown members', make: (size) => { const value = Object.fromEntries(Array.from({ length: size / 12 }, (_, at) => [`member${at}`, 1])); return () => forms.contact('truedy')['~standard'].validate(value); } },
  { name: 'validateContact: a long text', make: (size) => { const value = { phoneNumber: NUMBER, firstName: fill('x', size), email: fill('a@', size) }; return () => outdial.validateContact('truedy', value); } },
  { name: 'validateContact: custom fields', make: (size) => { const customFields = Object.fromEntries(Array.from({ length: size / 12 }, (_, at) => [`member${at}`, 'x'])); return () => outdial.validateContact('truedy', { phoneNumber: NUMBER, customFields }); } },
  { name: 'validateCall: variables', make: (size) => { const variables = Object.fromEntries(Array.from({ length: size / 12 }, (_, at) => [`member${at}`, 'x'])); return () => outdial.validateCall('truedy', { agentId: AGENT, phoneNumber: NUMBER, variables }); } },
];

/** The least time of several runs, in nanoseconds: what a busy machine does to one of them is no growth. */
async function leastNs(work, runs) {
  let least = Infinity;
  for (let run = 0; run < runs; run++) {
    const from = process.hrtime.bigint();
    await work();
    least = Math.min(least, Number(process.hrtime.bigint() - from));
  }
  return least;
}

/** Of the time for one character, from the smallest size to one of eight times or more: 1 is linear, 8 quadratic, and the rest is noise. */
export const MOST_GROWTH = 4;

/** What is too short to be told from noise has not grown. */
const FLOOR_NS = 2_000_000;

/** Times a parser at each of `sizes`: `{ name, ns, growth }`. */
export async function measure({ name, make }, sizes, runs = 3) {
  const ns = [];
  for (const size of sizes) ns.push(await leastNs(make(size), runs));
  return { name, ns, growth: ns.at(-1) / sizes.at(-1) / (Math.max(ns[0], FLOOR_NS) / sizes[0]) };
}
