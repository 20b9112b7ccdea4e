import assert from 'node:assert/strict';
import test from 'node:test';
import { createContacts, validateContact } from '../../pkg/index.node.js';
import { readContactsCsv } from '../../pkg/csv.js';
import { collect, tally } from './support/bulk.mjs';
import { open } from './support/platforms.mjs';

const MAPPING = { phoneNumber: 'Phone', firstName: 'First name', customFields: { plan: 'Plan' } };
const FILE = 'Phone,First name,Plan\n+14155550101,Ada,pro\n+14155550102,"Grace ""G"" Hopper, PhD",\n';
const ROWS = [
  { line: 2, ok: true, value: { phoneNumber: '+14155550101', firstName: 'Ada', customFields: { plan: 'pro' } } },
  { line: 3, ok: true, value: { phoneNumber: '+14155550102', firstName: 'Grace "G" Hopper, PhD' } },
];

const read = (stream, mapping = MAPPING, options) => collect(readContactsCsv(stream, mapping, options));
const bytes = (text) => new TextEncoder().encode(text);

/** Bytes as chunks of a size, so that every boundary falls somewhere. */
function* chunks(all, size) {
  for (let from = 0; from < all.length; from += size) yield all.slice(from, from + size);
}

function utf16(text, isBigEndian, mark = true) {
  const units = [...(mark ? '\ufeff' : ''), ...text].join('');
  const view = new DataView(new ArrayBuffer(units.length * 2));
  for (let at = 0; at < units.length; at += 1) view.setUint16(at * 2, units.charCodeAt(at), !isBigEndian);
  return new Uint8Array(view.buffer);
}

const UNICODE = FILE.replace('Ada', 'Ädå 🚀 名');
const FILES = {
  'plain text': [FILE],
  'text in an iterable': [[FILE]],
  'a byte order mark': [bytes(`\ufeff${FILE}`)],
  'a byte order mark in text': [`\ufeff${FILE}`],
  'a byte order mark in text before a quote': [`\ufeff${FILE.replace('Phone', '"Phone"')}`],
  'Windows line ends': [bytes(FILE.replaceAll('\n', '\r\n'))],
  'old line ends': [bytes(FILE.replaceAll('\n', '\r'))],
  'mixed line ends': [bytes(FILE.replace('\n', '\r\n'))],
  'no line end at the end': [bytes(FILE.trimEnd())],
  'empty lines': [bytes(FILE.replace('\n', '\n').concat('\n  \n\n'))],
  'semicolons': [bytes(FILE.replaceAll(',', ';').replace('Hopper;', 'Hopper,'))],
  'tabs': [bytes(FILE.replaceAll(',', '\t').replace('Hopper\t', 'Hopper,'))],
  'every field quoted': [bytes('"Phone","First name","Plan"\r\n"+14155550101","Ada","pro"\r\n"+14155550102","Grace ""G"" Hopper, PhD",""\r\n')],
  'columns in another order, and others between': [bytes('Id,Plan,First name,Phone\n1,pro,Ada,+14155550101\n2,,"Grace ""G"" Hopper, PhD",+14155550102\n')],
  'spaces around': [bytes(FILE.replace('Phone,', ' Phone ,').replace('+14155550101,', ' +14155550101 ,'))],
  'UTF-16LE as Excel writes it': [utf16(FILE.replaceAll('\n', '\r\n'), false)],
  'UTF-16BE': [utf16(FILE, true)],
  'UTF-16LE without a mark': [utf16(FILE, false, false)],
  'UTF-16BE without a mark': [utf16(FILE, true, false)],
  'a Blob': [new Blob([FILE])],
  'a ReadableStream': [() => new Blob([FILE]).stream()],
  'a stream that is no async iterable': [() => ({ getReader: () => new Blob([FILE]).stream().getReader() })],
};

for (const [what, [stream]] of Object.entries(FILES)) {
  test(`a CSV file with, or as, ${what} is read`, async () => {
    const make = typeof stream === 'function' ? stream : () => stream;
    assert.deepEqual(await read(make()), { all: ROWS, thrown: undefined });
    if (!(stream instanceof Uint8Array)) return;
    for (const size of [1, 2, 3, 5, 7, 16, 61]) assert.deepEqual((await read(chunks(stream, size))).all, ROWS, `in chunks of ${size} bytes`);
  });
}

test('letters beyond ASCII survive every boundary of chunks, in every encoding', async () => {
  for (const all of [bytes(UNICODE), utf16(UNICODE, false), utf16(UNICODE, true)]) {
    for (const size of [1, 2, 3, 5, 7]) assert.equal((await read(chunks(all, size))).all[0].value.firstName, 'Ädå 🚀 名');
  }
});

test('what is no UTF-8 is refused by name, and read when its encoding is named', async () => {
  const latin = Uint8Array.from(FILE.replace('Ada', 'Zo\xeb'), (letter) => letter.charCodeAt(0));
  const { thrown } = await read(latin);
  assert.deepEqual([thrown.code, thrown.issues[0].path], ['invalid_input', 'stream']);
  assert.match(thrown.message, /utf-8.*windows-1252/);
  assert.equal((await read(latin, MAPPING, { encoding: 'windows-1252' })).all[0].value.firstName, 'Zoë');
});

test('lines are counted through quoted line ends, empty lines and the line that Excel puts first', async () => {
  const file = 'sep=;\nPhone;"First\nname";Plan\n\n+14155550101;"A\r\nd\na";\nx;y\n+14155550102;Grace;\n';
  const { all } = await read(bytes(file), { phoneNumber: 'Phone', firstName: 'First\nname' });
  assert.deepEqual(all.map(({ line, ok }) => [line, ok]), [[5, true], [8, false], [9, true]]);
  assert.equal(all[0].value.firstName, 'A\nd\na');
});

test('a bad row is a result with its line, and the rows around it are read', async () => {
  const lines = ['Phone,First name,Plan', '+14155550101,Ada', '+14155550101,Ada,pro,more', ',Ada,pro', '+14155550101,"A"da,pro', '+9198765xxxxx,Ada,pro', '+14155550101,Ada,pro'];
  const { all, thrown } = await read(lines.join('\n'), MAPPING, { validate: (input) => validateContact('truedy', input) });
  assert.equal(thrown, undefined);
  assert.deepEqual(all.map(({ line, ok }) => [line, ok]), [[2, false], [3, false], [4, false], [5, false], [6, false], [7, true]]);
  const errors = all.filter(({ ok }) => !ok).map(({ error }) => error);
  assert.deepEqual(errors.map(({ code, issues, details }) => [code, issues[0].path, details.line]), [
    ['invalid_input', '', 2], ['invalid_input', '', 3], ['invalid_input', 'phoneNumber', 4], ['invalid_input', '', 5], ['invalid_input', 'phoneNumber', 6],
  ]);
  for (const { message, details } of errors) assert.match(message, new RegExp(`^Line ${details.line}: `));
});

test('a quote that is never closed is a bad row, and costs neither the file nor the memory', async () => {
  const good = '+14155550101,Ada,pro\n';
  const file = `Phone,First name,Plan\n${good}+14155550102,"Grace,pro\n`;
  const short = await read(file + good);
  assert.deepEqual([short.all.map(({ line, ok }) => [line, ok]), short.thrown], [[[2, true], [3, false], [4, true]], undefined]);
  const { all } = await read([file, ...Array(200).fill(good.repeat(500))]);
  assert.deepEqual(all.filter(({ ok }) => !ok).map(({ line }) => line), [3]);
  assert.deepEqual([all.length, all.at(-1).line], [100_002, 100_003]);
});

test('a row longer than any of contacts is one bad row to its end, and the lines after it keep their numbers', async () => {
  const [good, name] = ['+14155550101,Ada,pro\n', 'a'.repeat(2_500_000)];
  for (const [cell, message] of [[name, /is longer than 1048576 characters/], [`"${name}"`, /quote/]]) {
    const { all } = await read(`Phone,First name,Plan\n${good}+14155550102,${cell},+14155550103\n${good}`);
    assert.deepEqual(all.map(({ line, ok }) => [line, ok]), [[2, true], [3, false], [4, true]]);
    assert.match(all[1].error.message, message);
  }
});

test('a row with a quote in the wrong place is one bad row, wherever its chunks end', async () => {
  for (const row of ['"+14155550101";"A\r\nda",x', '"a" x,Ada,pro', '"a\nb" ,Ada,pro', '"+1"4155550101,Ada,pro']) {
    const file = bytes(`Phone,First name,Plan\n${row}\n+14155550102,Grace,\n`);
    const whole = await read(file);
    for (const size of [1, 2, 3, 5, 7, 16]) assert.deepEqual(JSON.stringify(await read(chunks(file, size))), JSON.stringify(whole), `${row} in chunks of ${size} bytes`);
  }
});

test('a mapping can name no field that would change what every object inherits', async () => {
  const file = 'Phone,Plan\n+14155550101,pro\n';
  for (const mapping of ['{"phoneNumber":"Phone","__proto__":{"polluted":"Plan"}}', '{"phoneNumber":"Phone","customFields":{"__proto__":"Plan"}}', '{"phoneNumber":"Phone","__proto__":"Plan"}']) {
    const { all, thrown } = await read(file, JSON.parse(mapping));
    assert.deepEqual([all, thrown.code, thrown.issues.map(({ path }) => path.includes('__proto__'))], [[], 'invalid_input', [true]], mapping);
  }
  const inherited = { phoneNumber: 'Phone', constructor: { polluted: 'Plan' }, toString: { call: 'Plan' }, customFields: { constructor: 'Plan', hasOwnProperty: 'Plan' } };
  const { all: [{ value }] } = await read(file, inherited);
  assert.deepEqual(value, { phoneNumber: '+14155550101', constructor: { polluted: 'pro' }, toString: { call: 'pro' }, customFields: { constructor: 'pro', hasOwnProperty: 'pro' } });
  assert.deepEqual([{}.polluted, Object.polluted, Object.prototype.toString.call('')], [undefined, undefined, '[object String]']);
});

const REFUSED = [
  ['a mapped column that is missing', FILE, { ...MAPPING, lastName: 'Surname' }, 'mapping.lastName', /"Surname".*it has "Phone", "First name", "Plan"/],
  ['a mapped column that is there twice', `Phone,First name,Plan,Plan\n`, MAPPING, 'mapping.customFields.plan', /"Plan".*2 times/],
  ['an empty file', '', MAPPING, 'mapping.phoneNumber', /"Phone"/],
  ['no mapping', FILE, undefined, 'mapping', /object/],
  ['a mapping without a number', FILE, { firstName: 'First name' }, 'mapping.phoneNumber', /missing/],
  ['a mapping that names no column', FILE, { phoneNumber: 3 }, 'mapping.phoneNumber', /name of a column/],
  ['a stream that is none', 7, MAPPING, 'stream', /ReadableStream/],
  ['a stream of objects', [{}], MAPPING, 'stream', /bytes or text/],
];

for (const [what, stream, mapping, path, message] of REFUSED) {
  test(`${what} is refused by name`, async () => {
    const { all, thrown } = await collect(readContactsCsv(stream, mapping));
    assert.deepEqual([all, thrown.code, thrown.operation, thrown.issues[0].path], [[], 'invalid_input', 'readContactsCsv', path]);
    assert.match(thrown.message, message);
  });
}

test('a column that is there twice and is not mapped does not matter', async () => {
  assert.deepEqual((await read('Phone,x,x\n+14155550101,1,2\n', { phoneNumber: 'Phone' })).all[0].value, { phoneNumber: '+14155550101' });
});

test('options that are none are refused by name', async () => {
  for (const [options, path] of [[{ delimiter: ';;' }, 'delimiter'], [{ encoding: 'latin-9000' }, 'encoding'], [{ validate: true }, 'validate'], [{ separator: ';' }, 'separator'], ['x'.repeat(200_000), '0']]) {
    assert.equal((await read(FILE, MAPPING, options)).thrown.issues[0].path, path);
  }
});

test('a stream that breaks off is reported by name, after the rows before it', async () => {
  const broken = new Error('the disk is gone');
  for (const pieces of [[FILE], [FILE.slice(0, 9), FILE.slice(9)], [FILE, '+1415'], [...FILE]]) {
    const { all, thrown } = await read((function* () { yield* pieces; throw broken; })());
    assert.deepEqual([thrown.code, thrown.issues[0].path, thrown.cause], ['invalid_input', 'stream', broken]);
    assert.deepEqual(all, ROWS);
  }
  const many = Array.from({ length: 20_000 }, (_, index) => `+1415${2_000_000 + index},Ada\n`);
  const { all } = await read((function* () { yield 'Phone,First\n'; yield* many; throw broken; })(), { phoneNumber: 'Phone', firstName: 'First' });
  assert.equal(all.length, 20_000);
});

test('who stops reading closes the stream', async () => {
  let canceled = false;
  const stream = new ReadableStream({ pull: (controller) => controller.enqueue(bytes(FILE)), cancel: () => { canceled = true; } });
  for await (const _ of readContactsCsv(stream, MAPPING)) break;
  assert.ok(canceled);
});

test('a file goes from its bytes to the platform', async () => {
  const { sandbox, client } = open('truedy');
  const bad = [];
  async function* good(rows) {
    for await (const row of rows) {
      if (row.ok) yield row.value;
      else bad.push(row.line);
    }
  }
  const file = new Blob([FILE, 'x,y\n', '+14155550103,Mary,\n']);
  const { all } = await collect(createContacts(client, good(readContactsCsv(file.stream(), MAPPING)), { perMinute: Infinity }));
  assert.deepEqual([tally(all), bad, sandbox.created.contacts], [{ ok: 3 }, [4], 3]);
});
