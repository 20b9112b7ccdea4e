const CHUNK_BYTES = 64 * 1024;

/** The body of an answer in pieces; what it is padded with is white space, which JSON allows. */
export function* bodyChunks({ text, paddedTo }) {
  const start = new TextEncoder().encode(text);
  yield start;
  const padding = new Uint8Array(CHUNK_BYTES).fill(0x20);
  for (let left = paddedTo - start.length; left > 0; left -= CHUNK_BYTES) yield left < CHUNK_BYTES ? padding.slice(0, left) : padding.slice();
}

/** The first half of a text's bytes. */
export function firstHalf(text) {
  const bytes = new TextEncoder().encode(text);
  return bytes.subarray(0, Math.floor(bytes.length / 2));
}
