const DELIMITERS = [',', ';', '\t', '|'];
const SEPARATOR_LINE = /^sep=(.)\n/;
const START_BYTES = 1 << 16;

/** The columns of a CSV file and the first cells beneath them, for a person who says which is which: `[{ name, example }]`. */
export async function readColumns(file) {
  const bytes = new Uint8Array(await file.slice(0, START_BYTES).arrayBuffer());
  const text = new TextDecoder(encodingOf(bytes)).decode(bytes).replace(/\r\n?/g, '\n');
  const [line = '', named] = SEPARATOR_LINE.exec(text) ?? [];
  const heads = (named ? [named] : DELIMITERS).map((delimiter) => readRecords(text.slice(line.length), delimiter, 2));
  const [head = [], first = []] = heads.reduce((one, other) => ((other[0]?.length ?? 0) > (one[0]?.length ?? 0) ? other : one));
  return head.map((name, at) => ({ name: name.trim(), example: first[at]?.trim() ?? '' })).filter(({ name }) => name !== '');
}

/** As readContactsCsv guesses it: UTF-16 has a mark, or a zero in each ASCII character. */
function encodingOf([first, second]) {
  if ((first === 0xff && second === 0xfe) || (first !== 0 && second === 0)) return 'utf-16le';
  return (first === 0xfe && second === 0xff) || (first === 0 && second > 0) ? 'utf-16be' : 'utf-8';
}

function readRecords(text, delimiter, most) {
  const records = [];
  let [record, field, quoted] = [[], '', false];
  for (let at = 0; at < text.length && records.length < most; at += 1) {
    const character = text[at];
    if (quoted) {
      if (character !== '"') field += character;
      else if (text[at + 1] === '"') field += text[(at += 1)];
      else quoted = false;
    } else if (character === '"' && field === '') quoted = true;
    else if (character === delimiter || character === '\n') {
      record.push(field);
      field = '';
      if (character === delimiter) continue;
      records.push(record);
      record = [];
    } else field += character;
  }
  if (records.length < most && (field !== '' || record.length > 0)) records.push([...record, field]);
  return records;
}
