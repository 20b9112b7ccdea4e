const BYTE_ORDER_MARKS = { 'utf-8': [0xef, 0xbb, 0xbf], 'utf-16le': [0xff, 0xfe], 'utf-16be': [0xfe, 0xff] };
const MOST_AT_ONCE = 1 << 16;
const START_BYTES = 4;

/**
 * The text of a file that comes in chunks of bytes or of text, in pieces of at most 65536 characters, each
 * line ending with \n. Bytes are UTF-8, or UTF-16 where they begin as it does, or what `encoding` says.
 */
export async function* textOf(stream, encoding) {
  let decode;
  let held = '';
  for await (const piece of withWholeStart(piecesOf(stream))) {
    let text = piece;
    if (typeof piece !== 'string') {
      decode ??= decoderOf(encoding ?? guess(piece));
      text = decode(piece);
    }
    // The two halves of one line's end may come in two chunks.
    text = held + text;
    held = text.endsWith('\r') ? '\r' : '';
    yield withPlainEnds(held ? text.slice(0, -1) : text);
  }
  yield (held ? '\n' : '') + (decode?.() ?? '');
}

function chunksOf(stream) {
  if (typeof stream === 'string' || stream instanceof Uint8Array) return [stream];
  if (typeof stream?.stream === 'function') return iterable(stream.stream());
  return iterable(stream);
}

/** Some browsers' streams are no async iterables. */
function iterable(stream) {
  if (stream?.[Symbol.asyncIterator] || stream?.[Symbol.iterator]) return stream;
  if (typeof stream?.getReader === 'function') return chunksOfReader(stream.getReader());
  throw new TypeError('must be a ReadableStream, a Blob, or an iterable of bytes or text');
}

async function* chunksOfReader(reader) {
  try {
    for (let step = await reader.read(); !step.done; step = await reader.read()) yield step.value;
  } finally {
    await reader.cancel();
  }
}

async function* piecesOf(stream) {
  for await (const chunk of chunksOf(stream)) {
    if (typeof chunk !== 'string' && !(chunk instanceof Uint8Array)) throw new TypeError('must give bytes or text');
    for (let from = 0; from < chunk.length; from += MOST_AT_ONCE) {
      yield typeof chunk === 'string' ? chunk.slice(from, from + MOST_AT_ONCE) : chunk.subarray(from, from + MOST_AT_ONCE);
    }
  }
}

/** The same pieces, the first bytes in one: they tell the encoding. */
async function* withWholeStart(pieces) {
  let start = new Uint8Array();
  for await (const piece of pieces) {
    if (start === undefined || typeof piece === 'string') {
      yield piece;
      continue;
    }
    start = Uint8Array.of(...start, ...piece.subarray(0, START_BYTES));
    if (start.length < START_BYTES) continue;
    yield start;
    if (piece.length > START_BYTES) yield piece.subarray(START_BYTES);
    start = undefined;
  }
  if (start?.length > 0) yield start;
}

/** Excel's "Unicode text" begins with a mark; what other programs write in UTF-16 has a zero in each ASCII character. */
function guess(bytes) {
  const marked = Object.entries(BYTE_ORDER_MARKS).find(([, mark]) => mark.every((byte, at) => bytes[at] === byte));
  if (marked) return marked[0];
  if (bytes[0] !== 0 && bytes[1] === 0) return 'utf-16le';
  return bytes[0] === 0 && bytes[1] !== 0 && bytes.length > 1 ? 'utf-16be' : 'utf-8';
}

function decoderOf(encoding) {
  // What cannot be read must not become a name that is nobody's.
  const decoder = new TextDecoder(encoding, { fatal: true });
  return (bytes) => {
    try {
      return decoder.decode(bytes, { stream: bytes !== undefined });
    } catch {
      throw new TypeError(`is not ${encoding}: name its encoding, such as windows-1252`);
    }
  };
}

const withPlainEnds = (text) => (text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text);
