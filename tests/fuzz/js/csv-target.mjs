import { deepStrictEqual } from 'node:assert';
import { readContactsCsv } from '../../../pkg/csv.js';
import { isOutdialError } from '../../../pkg/error.js';

const MAPPING = { phoneNumber: 'Phone', firstName: 'First name', customFields: { plan: 'Plan' } };
const DELIMITERS = [undefined, ',', ';', '\t', '|', 'x'];
const ENCODINGS = [undefined, undefined, undefined, 'utf-8', 'windows-1252', 'utf-16le', 'utf-16be', 'shift_jis'];
const HEADS = ['', 'Phone,First name,Plan\n', '"Phone";"First name";"Plan"\r\n', '\ufeffPlan\tPhone\tFirst name\r', 'sep=|\nPhone|First name|Plan\n'];

/** Pieces of bytes whose sizes the bytes themselves choose, up to `most`. */
function* pieces(bytes, most) {
  let state = 7;
  for (let from = 0; from < bytes.length; ) {
    state = (state * 31 + bytes[from]) % 65_521;
    const size = 1 + (state % most);
    yield bytes.slice(from, from + size);
    from += size;
  }
}

async function read(stream, options) {
  const rows = [];
  try {
    for await (const row of readContactsCsv(stream, MAPPING, options)) {
      rows.push(row.ok ? row : { line: row.line, ok: false, issues: checked(row.error).issues });
    }
    return { rows };
  } catch (error) {
    return { rows, thrown: checked(error).issues };
  }
}

function checked(error) {
  if (isOutdialError(error) && error.code === 'invalid_input' && error.issues.length > 0) return error;
  throw error;
}

const isOfStream = ({ thrown }) => thrown?.[0].path === 'stream';

/** The rows are the same for every chunking; what breaks off may have given fewer of them, and looked at less of the file. */
function compare(whole, pieced) {
  if (isOfStream(whole) || isOfStream(pieced)) deepStrictEqual(pieced.thrown !== undefined, whole.thrown !== undefined);
  else deepStrictEqual(pieced.thrown, whole.thrown);
  const count = whole.thrown ? Math.min(whole.rows.length, pieced.rows.length) : whole.rows.length;
  if (!whole.thrown) deepStrictEqual(pieced.rows.length, count);
  deepStrictEqual(pieced.rows.slice(0, count), whole.rows.slice(0, count));
}

/** Without quotes a line is a row: each that holds anything must have come out, under its number. */
function account({ rows, thrown }, text, delimiter) {
  const lines = rows.map(({ line }) => line);
  deepStrictEqual(lines, [...new Set(lines)].sort((one, other) => one - other), 'lines out of order');
  for (const { ok, value } of rows) if (ok) deepStrictEqual(typeof value.phoneNumber, 'string');
  if (thrown || delimiter === undefined || text === undefined || text.includes('"') || text.startsWith('sep=')) return;
  const [, ...all] = text.replace(/^\ufeff/, '').split(/\r\n|\r|\n/);
  const full = all.flatMap((line, at) => (line.trim() !== '' || line.includes(delimiter) ? [at + 2] : []));
  deepStrictEqual(lines, full, 'a row is lost, or there twice');
}

function textOf(bytes, encoding) {
  try {
    return new TextDecoder(encoding ?? 'utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** The first bytes choose the options and a head, the rest is the file. */
export async function fuzz(data) {
  const [how = 0, head = 0] = data;
  const options = { delimiter: DELIMITERS[how % DELIMITERS.length], encoding: ENCODINGS[(how >> 3) % ENCODINGS.length] };
  const bytes = new Uint8Array(Buffer.concat([Buffer.from(HEADS[head % HEADS.length]), data.subarray(2)]));
  const whole = await read(bytes, options);
  for (const most of [1, 5, 64]) compare(whole, await read(pieces(bytes, most), options));
  // UTF-16 that is not named is found by its looks.
  const isPlain = options.encoding !== undefined || !bytes.subarray(0, 2).some((byte) => byte === 0 || byte >= 0xfe);
  if (isPlain) account(whole, textOf(bytes, options.encoding), options.delimiter);
}
