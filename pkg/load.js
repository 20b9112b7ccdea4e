import { OutdialError } from './error.js';
import { TextDecoder } from './utf8.js';

/** The custom section in which a module says which build of this package it is of. */
export const STAMP = 'outdial';

const EMPTY_MODULE = Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0);

/**
 * A module of this package behind its glue; every runtime has its own way to find the file. `provide` says how:
 * `{ module }` gives its bytes or a compiled module at once, `{ url }` an address to load it from.
 */
export function loadable(glue) {
  let loader;
  let exports;
  let loading;

  /** The module's exports, where they are there or can be had at once. */
  function loaded() {
    if (exports || !loader?.module) return exports;
    try {
      return (exports = glue.initSync({ module: loader.module() }));
    } catch (cause) {
      throw refusal('the inlined module', cause);
    }
  }

  async function load(source) {
    if (source === undefined && loader.module) {
      try {
        if (loaded()) return;
      } catch {
        // An older browser does at leisure what it refuses to do at once.
      }
    }
    const { module, name } = await compiled(source ?? loader.url?.() ?? loader.module());
    const [stamp] = WebAssembly.Module.customSections(module, STAMP);
    if (!stamp || new TextDecoder().decode(stamp) !== glue.build) {
      throw notReady(`${name} is a WebAssembly module, but not that of this build of outdial: take the .wasm of the same version as the JavaScript`);
    }
    exports = await glue.default({ module });
  }

  return {
    loaded,
    /** The load that is under way, if one is. */
    pending: () => loading,
    provide(chosen) {
      loader = chosen;
    },
    init(source) {
      if (exports) return Promise.resolve();
      // A load that failed is forgotten, so that it can be tried again.
      loading ??= load(source ?? undefined).finally(() => (loading = undefined));
      return loading;
    },
  };
}

/** A module from whatever init takes, and what to call it in an error. */
async function compiled(given) {
  let source;
  try {
    source = await given;
  } catch (cause) {
    throw notReady(`the promise that init was given rejected: ${wordsOf(cause)}`, cause);
  }
  if (typeof source === 'string' || typeof source?.href === 'string') source = await fetched(String(source.href ?? source));
  const { name = source?.url || 'what init was given' } = source ?? {};
  if (tagOf(source) === 'WebAssembly.Module') return { module: source, name };
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
  if (typeof source?.arrayBuffer !== 'function') throw wrongSource();
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
    throw refusal(`${name} (${type})`, cause);
  }
  return compile(bytes, `${name} (${type})`);
}

async function compile(bytes, name) {
  try {
    return await WebAssembly.compile(bytes);
  } catch (cause) {
    throw refusal(name, cause);
  }
}

/** Why something did not become a module: this runtime takes none, or it is none. */
function refusal(name, cause) {
  if (typeof WebAssembly === 'undefined') return notReady('this runtime has no WebAssembly', cause);
  try {
    new WebAssembly.Module(EMPTY_MODULE);
  } catch (refused) {
    return notReady("WebAssembly is refused here: the script-src of the page's Content-Security-Policy lacks 'wasm-unsafe-eval' (an edge runtime needs its own entry of this package)", refused);
  }
  return notReady(`${name} is no whole WebAssembly module: ${wordsOf(cause)}`, cause);
}

function wrongSource() {
  const message = 'must be a URL, a string, a Response, bytes or a WebAssembly.Module, or a promise of one';
  return new OutdialError({ code: 'invalid_input', message: `source ${message}`, issues: [{ path: 'source', code: 'invalid_type', message }], attempts: 0 });
}

function notReady(message, cause) {
  return new OutdialError({ code: 'not_ready', message: `The module is not loaded: ${message}`, attempts: 0 }, cause);
}

function wordsOf(cause) {
  return cause?.message ?? String(cause);
}

function tagOf(value) {
  return Object.prototype.toString.call(value).slice(8, -1);
}
