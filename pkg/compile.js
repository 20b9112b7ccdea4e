import { isModule, notReady, refusal, tagOf, wordsOf, wrongSource } from './load.js';

/** A module from whatever init takes, and what to call it in an error. */
export async function compiled(given) {
  let source;
  try {
    source = await given;
  } catch (cause) {
    throw notReady(`the promise that init was given rejected: ${wordsOf(cause)}`, cause);
  }
  if (typeof source === 'string' || typeof source?.href === 'string') source = await fetched(String(source.href ?? source));
  const name = source?.url || 'what init was given';
  if (isModule(source)) return { module: source, name };
  return { module: await moduleOf(source, name), name };
}

async function fetched(url) {
  const files = url.startsWith('file:') && globalThis.process?.getBuiltinModule?.('fs');
  try {
    // The fetch of Node, and of a test's page in Node, reads no files.
    return files ? files.readFileSync(new URL(url)) : await fetch(url);
  } catch (cause) {
    throw notReady(`${url} could not be loaded (${wordsOf(cause)}): is the server up, and does the page's connect-src allow it?`, cause);
  }
}

async function moduleOf(source, name) {
  if (ArrayBuffer.isView(source) || tagOf(source) === 'ArrayBuffer') return compile(source, name);
  // Of a Response or a Blob, and of another realm too.
  if (typeof source?.arrayBuffer !== 'function') throw wrongSource('must be a URL, a string, a Response, bytes or a WebAssembly.Module, or a promise of one');
  if (source.ok === false) {
    throw notReady(`${name} answered ${source.status}: is dist/outdial.wasm or dist/phone.wasm served there? A bundler that leaves it behind needs outdial/inline, or init(url)`);
  }
  const type = source.headers?.get('content-type') ?? 'no content type';
  let bytes;
  try {
    // A server that does not know the file's type must not keep anyone from the module.
    if (source instanceof globalThis.Response && type === 'application/wasm') return await WebAssembly.compileStreaming(source);
    bytes = await source.arrayBuffer();
  } catch (cause) {
    throw refusal(notWhole(`${name} (${type})`), cause);
  }
  return compile(bytes, `${name} (${type})`);
}

async function compile(bytes, name) {
  try {
    return await WebAssembly.compile(bytes);
  } catch (cause) {
    throw refusal(notWhole(name), cause);
  }
}

function notWhole(name) {
  return `${name} is no whole WebAssembly module`;
}
