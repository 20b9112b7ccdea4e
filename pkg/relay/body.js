import { badMessage, refusal } from './refusal.js';

export const MOST_BYTES = 64 * 1024;

export const tooLarge = () => refusal(413, 'rejected', `The body is larger than ${MOST_BYTES} bytes`);

/** The body's text. Reading ends where it is too large or too slow: what a header says of its length is no promise. */
export async function readBody(request, timeoutMs) {
  if (request.bodyUsed || request.body?.locked) {
    throw refusal(500, 'internal', 'The body was read before the relay: authorize and rateLimit must leave it alone');
  }
  if (!request.body) return '';
  const reader = request.body.getReader();
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(refusal(408, 'timeout', 'The body came too slowly', { repeat: 'undone' })), timeoutMs);
  });
  try {
    return await readText(reader, late);
  } catch (error) {
    // What stops the sender need not be waited for.
    reader.cancel().catch(() => {});
    throw error;
  } finally {
    clearTimeout(timer);
  }
}

async function readText(reader, late) {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let text = '';
  let size = 0;
  for (;;) {
    const { value, done } = await Promise.race([next(reader), late]);
    if (done) return text + decode(decoder);
    size += value.byteLength;
    if (size > MOST_BYTES) throw tooLarge();
    text += decode(decoder, value);
  }
}

async function next(reader) {
  try {
    return await reader.read();
  } catch {
    throw badMessage('', 'invalid_format', 'The body broke off');
  }
}

function decode(decoder, bytes) {
  try {
    return decoder.decode(bytes, { stream: bytes !== undefined });
  } catch {
    throw badMessage('', 'invalid_format', 'The body is not UTF-8');
  }
}
