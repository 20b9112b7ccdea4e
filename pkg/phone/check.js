import { engine, makeRoom, NUMBER_ROOM, putNumber, putText, takeVerdicts, writeNumber } from './engine.js';
import { names } from './names.js';
import { readOptions, refusal } from './options.js';
import { readE164 } from './read.js';
import { known, regionIndexes } from './region.js';

const ASKED = 'checkPhones';
const LINE_FEED = 10;

/** Bytes that are judged at once, and units of a text that surely fit: three bytes are enough for each. */
const ROOM = 1 << 16;
const TEXT_UNITS = Math.floor((ROOM - 1) / 3);

/**
 * Judges many numbers at once: an array, or a string with one a line, whose last line feed starts no other. Gives columns of
 * small numbers, so that a million rows fit anywhere; `types`, `regions` and `reasons` say what they stand for.
 */
export function checkPhones(texts, options) {
  const wasm = engine(ASKED);
  const read = readOptions(ASKED, options);
  const judge = (length) => takeVerdicts(known(wasm.check(length, read.letters, read.lenient), ASKED, read.region));
  if (typeof texts === 'string') return columns(judgeLines(texts, judge), read, lineReader(texts));
  if (!Array.isArray(texts)) throw new TypeError(`${ASKED}: texts must be an array or a string`);
  return columns(judgeItems(texts, judge), read, (row) => texts[row]);
}

/** The verdicts on all texts, in as many pieces as the memory made of them. */
function judgeItems(texts, judge) {
  const pieces = [];
  makeRoom(ROOM);
  for (let row = 0; row < texts.length; ) {
    const first = row;
    let end = 0;
    for (; row < texts.length && end <= ROOM - NUMBER_ROOM; row++) {
      if (typeof texts[row] !== 'string') throw new TypeError(`${ASKED}: texts[${row}] must be a string`);
      end += writeNumber(texts[row], end, LINE_FEED);
    }
    const piece = judge(end);
    // A text with line feeds of its own was taken for several.
    if (piece.length === row - first) pieces.push(piece);
    else for (let one = first; one < row; one++) pieces.push(judge(putNumber(texts[one].replaceAll('\n', '\r'), LINE_FEED)));
  }
  return pieces;
}

function judgeLines(text, judge) {
  const pieces = [];
  for (let start = 0, end; start < text.length; start = end) {
    const most = start + TEXT_UNITS;
    end = most < text.length ? text.lastIndexOf('\n', most - 1) + 1 : text.length;
    if (end > start) {
      pieces.push(judge(putText(text.slice(start, end))));
    } else {
      end = text.indexOf('\n', most) + 1 || text.length;
      pieces.push(judge(putNumber(text.slice(start, end))));
    }
  }
  return pieces;
}

/** Finds the text of a row, once somebody asks for one. */
function lineReader(text) {
  let starts;
  return (row) => {
    starts ??= lineStarts(text);
    return text.slice(starts[row], starts[row + 1]);
  };
}

function lineStarts(text) {
  const starts = [0];
  for (let end = text.indexOf('\n') + 1; end > 0; end = text.indexOf('\n', end) + 1) starts.push(end);
  return Uint32Array.from(starts);
}

function columns(pieces, read, textOf) {
  const length = pieces.reduce((sum, piece) => sum + piece.length, 0);
  const [valid, type, reason] = [new Uint8Array(length), new Uint8Array(length), new Uint8Array(length)];
  const region = new Uint16Array(length);
  const { regions, indexes } = regionIndexes();
  let row = 0;
  for (const piece of pieces) {
    for (const verdict of piece) {
      const refused = refusal(verdict, read);
      valid[row] = refused === 0 ? 1 : 0;
      type[row] = (verdict >> 1) & 15;
      region[row] = indexes[(verdict >> 14) & 1023];
      reason[row] = refused;
      row++;
    }
  }
  const { types, reasons } = names(ASKED);
  return {
    length, valid, type, region, reason, types, regions, reasons,
    e164(row) {
      return typeof row === 'number' && valid[row] === 1 ? readE164(textOf(row), read, ASKED) : undefined;
    },
  };
}
