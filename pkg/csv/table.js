import Papa from '../dist/papaparse.js';

const DELIMITERS = [',', ';', '\t', '|'];
const SEPARATOR_LINE = /^sep=(.)\n/;

// Longer than any row of contacts: a quote is open that nobody closed.
const LONGEST_ROW = 1 << 20;

/** Splits text that comes in pieces into records `{ line, fields, problem? }`, `line` being where each begins. */
export class Table {
  #delimiter;
  #rest = '';
  #line;
  #lines = Infinity;
  #enough = 0;
  #isSkipping = false;

  constructor(delimiter, line) {
    this.#delimiter = delimiter;
    this.#line = line;
  }

  /** The records that are complete by now, but for some that may wait for more text unless it `isBroken` off; with `isLast`, all. */
  add(text, isLast, isBroken = false) {
    this.#rest += this.#isSkipping ? this.#afterLine(text) : text;
    const records = [];
    if (!isLast && !isBroken && this.#rest.length < this.#enough) return records;
    for (;;) {
      const { problem, isDone } = this.#parse(records, isLast);
      if (problem) {
        records.push(this.#skipLine(problem));
      } else if (isDone) {
        // An open quote is not looked at again with each piece that follows.
        this.#enough = Math.min(2 * this.#rest.length, LONGEST_ROW);
        return records;
      }
    }
  }

  /** Adds records until there is no more ahead, or one is malformed: it gives the problem, and that record comes next. */
  #parse(records, isLast) {
    const text = this.#ahead();
    const isWhole = text.length === this.#rest.length;
    const isEnd = isLast && isWhole;
    let { data, errors: [error], meta } = parse(text, this.#delimiter, isEnd);
    // Everything after a quote in the wrong place would be part of one field.
    if (error) ({ data, meta } = error.row > 0 ? parse(text, this.#delimiter, isEnd, error.row) : { data: [], meta: { cursor: 0 } });
    for (const fields of data) this.#take(fields, records);
    this.#rest = isEnd && !error ? '' : this.#rest.slice(meta.cursor);
    const isLong = isWhole && this.#rest.length > LONGEST_ROW;
    if (error && (isEnd || isLong || isDecided(text.slice(meta.cursor)))) return this.#broken(error.message);
    if (isLong) return this.#broken(this.#rest.includes('"') ? 'A quote is opened and not closed' : `is longer than ${LONGEST_ROW} characters`);
    this.#lines *= 2;
    return { isDone: isWhole };
  }

  /** What is read at once: a malformed row is one field with all that follows, so behind one only a few lines are tried. */
  #ahead() {
    let end = 0;
    for (let line = 0; line < this.#lines; line += 1) {
      end = this.#lines === Infinity ? 0 : this.#rest.indexOf('\n', end) + 1;
      if (end === 0) return this.#rest;
    }
    return this.#rest.slice(0, end);
  }

  #broken(problem) {
    this.#lines = 1;
    return { problem };
  }

  #take(fields, records) {
    const line = this.#line;
    this.#line += 1;
    for (const field of fields) if (field.includes('\n')) this.#line += field.split('\n').length - 1;
    if (fields.length > 1 || fields[0].trim() !== '') records.push({ line, fields });
  }

  #skipLine(problem) {
    this.#rest = this.#afterLine(this.#rest);
    const line = this.#line;
    this.#line += 1;
    return { line, fields: [], problem };
  }

  /** What follows the end of a line, for which more text may have to come. */
  #afterLine(text) {
    const end = text.indexOf('\n');
    this.#isSkipping = end < 0;
    return end < 0 ? '' : text.slice(end + 1);
  }
}

/** Whether what follows can neither mend a row that is malformed, since its last quote may be in its place, nor lengthen its line. */
const isDecided = (text) => text.includes('\n') && !text.trimEnd().endsWith('"');

/** `most`: how many rows; where the last of them ends, the quick way of the library does not say. */
function parse(text, delimiter, isLast, most) {
  return new Papa.Parser({ delimiter, newline: '\n', ...(most && { preview: most, fastMode: false }) }).parse(text, 0, !isLast);
}

/**
 * Reads the head of a file, once `text` holds all of it or `isLast` says that there is no more: `{ delimiter, columns,
 * rest, line }`, or undefined if more is needed. `names`: columns that must be there; the delimiter is the one that finds them.
 */
export function readHead(start, names, delimiter, isLast) {
  // Who reads a file as text keeps its byte order mark.
  const text = start.replace(/^\ufeff/, '');
  const [separatorLine, separator] = SEPARATOR_LINE.exec(text) ?? [''];
  const body = text.slice(separatorLine.length);
  const heads = (separator ? [separator] : delimiter ? [delimiter] : DELIMITERS).map((one) => {
    const { data, meta } = parse(body, one, isLast, 1);
    return { delimiter: one, columns: data[0]?.map((column) => column.trim()), end: meta.cursor };
  });
  if (!isLast && text.length <= LONGEST_ROW && heads.some(({ columns }) => !columns)) return undefined;
  const found = heads.map((head) => ({ ...head, columns: head.columns ?? [] }));
  const widest = found.reduce((one, other) => (other.columns.length > one.columns.length ? other : one));
  const head = found.find(({ columns }) => names.every((name) => columns.includes(name))) ?? widest;
  const read = body.slice(0, head.end);
  return { ...head, rest: body.slice(head.end), line: 1 + (separatorLine ? 1 : 0) + read.split('\n').length - 1 };
}
