/**
 * Contacts of a CSV file, row by row: see csv.d.ts. Papa Parse splits the rows; the build puts it into dist/.
 */
import { checkColumns, inputReader, readMapping } from './csv/columns.js';
import { readHead, Table } from './csv/table.js';
import { textOf } from './csv/text.js';
import { OutdialError, isOutdialError } from './error.js';

const OPERATION = 'readContactsCsv';

// As many as a person will read: what is no options at all can have thousands of members.
const MOST_ISSUES = 100;

export async function* readContactsCsv(stream, mapping, given) {
  const { leaves, issues } = readable('mapping', () => readMapping(mapping));
  const options = readable('options', () => ({ ...given }));
  issues.push(...optionIssues(options));
  if (issues.length > 0) throw refused(issues);
  const names = leaves.map(({ column }) => column);
  let start = '';
  let table;
  let readRow;
  for await (const { text, isLast, isBroken } of piecesOf(stream, options.encoding)) {
    let fresh = text;
    if (!table) {
      start += text;
      const head = readHead(start, names, options.delimiter, isLast);
      if (!head) continue;
      const wrong = checkColumns(leaves, head.columns);
      if (wrong.length > 0) throw refused(wrong);
      readRow = rowReader(inputReader(leaves, head.columns), head.columns.length, options.validate);
      table = new Table(head.delimiter, head.line);
      fresh = head.rest;
    }
    for (const record of table.add(fresh, isLast, isBroken)) yield readRow(record);
  }
}

/** What `read` gives, unless something of the caller's throws when it is read. */
function readable(path, read) {
  try {
    return read();
  } catch (thrown) {
    throw refused([{ path, code: 'unreadable', message: 'cannot be read: it throws' }], thrown);
  }
}

/** The pieces of the text, and whether each is the last, or the last before the stream broke off. */
async function* piecesOf(stream, encoding) {
  let held;
  try {
    for await (const text of textOf(stream, encoding)) {
      if (held !== undefined) yield { text: held, isLast: false };
      held = text;
    }
  } catch (thrown) {
    // The rows before are given, and what has no end may be half a row. An empty line, which is none, ends the row before it.
    if (held !== undefined) yield { text: /[\r\n]$/.test(held) ? `${held}\n\n` : held, isLast: false, isBroken: true };
    if (isOutdialError(thrown)) throw thrown;
    const message = thrown instanceof TypeError ? thrown.message : 'broke off';
    throw refused([{ path: 'stream', code: 'unreadable', message }], thrown);
  }
  yield { text: held ?? '', isLast: true };
}

function rowReader(inputOf, width, validate) {
  return ({ line, fields, problem }) => {
    if (problem) return bad(line, [{ path: '', code: 'invalid_format', message: problem }]);
    if (fields.length !== width) return bad(line, [{ path: '', code: 'invalid_format', message: `has ${fields.length} fields, not ${width} as the head` }]);
    const value = inputOf(fields);
    const issues = value.phoneNumber === undefined ? [{ path: 'phoneNumber', code: 'required', message: 'is missing' }] : issuesOf(validate, value);
    return issues.length > 0 ? bad(line, issues) : { line, ok: true, value };
  };
}

function issuesOf(validate, value) {
  if (validate === undefined) return [];
  return readable('validate', () => {
    const issues = validate(value);
    if (!Array.isArray(issues)) throw new TypeError('it must give a list of issues');
    return issues.map(({ path, code, message }) => ({ path, code, message }));
  });
}

function bad(line, issues) {
  return { line, ok: false, error: errorOf(`Line ${line}`, issues, { details: { line } }) };
}

function optionIssues(options) {
  const known = { delimiter: 'a character', encoding: 'the name of an encoding', validate: 'a function' };
  const is = {
    delimiter: (value) => typeof value === 'string' && value.length === 1 && !'\r\n"\ufeff'.includes(value),
    encoding: isEncoding,
    validate: (value) => typeof value === 'function',
  };
  return Object.entries(options).flatMap(([path, value]) => {
    if (!Object.hasOwn(known, path)) return [{ path, code: 'unknown_field', message: `is no option; known are ${Object.keys(known).join(', ')}` }];
    return value === undefined || is[path](value) ? [] : [{ path, code: 'invalid_type', message: `must be ${known[path]}` }];
  }).slice(0, MOST_ISSUES);
}

function isEncoding(label) {
  try {
    return typeof label === 'string' && Boolean(new TextDecoder(label));
  } catch {
    return false;
  }
}

const refused = (issues, cause) => errorOf('Nothing more was read', issues, {}, cause);

function errorOf(what, issues, more, cause) {
  const message = `${what}: ${issues.map(({ path, message: why }) => `${path} ${why}`.trim()).join('; ')}`;
  return new OutdialError({ code: 'invalid_input', message, operation: OPERATION, issues, attempts: 0, ...more }, cause);
}
