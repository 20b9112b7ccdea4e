import { OutdialError } from './error.js';
import { TextDecoder } from './utf8.js';

/** The custom section in which a module says which build of this package it is of. */
export const STAMP = 'outdial';

const EMPTY_MODULE = Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0);

/**
 * A module of this package behind its glue; every runtime has its own way to find the file. `provide` says how:
 * `{ module }` gives its bytes or a compiled module at once, `{ url }` an address to load it from; `{ compiled }`, of
 * compile.js, makes a module of them and of whatever else init takes.
 */
export function loadable(glue) {
  let loader;
  let exports;
  let loading;

  /** The module's exports, where they are there or can be had at once. */
  function loaded() {
    if (exports || !loader?.module) return exports;
    try {
      const given = loader.module();
      // Not by instanceof: an edge runtime hands in a module that another realm has compiled.
      return (exports = glue.initSync({ module: isModule(given) ? given : new WebAssembly.Module(given) }));
    } catch (cause) {
      throw refusal('the module could not be started', cause);
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
    const { module, name } = await (loader.compiled ?? asGiven)(source ?? loader.url?.() ?? loader.module());
    const [stamp] = WebAssembly.Module.customSections(module, STAMP);
    if (!stamp || new TextDecoder().decode(stamp) !== glue.build) {
      throw notReady(`${name} is a WebAssembly module, but not that of this build of outdial: take the .wasm of the same version as the JavaScript`);
    }
    try {
      exports = await glue.default({ module });
    } catch (cause) {
      throw refusal(`${name} could not be started`, cause);
    }
  }

  return {
    loaded,
    /** The load that is under way, if one is. */
    pending: () => loading,
    provide(chosen) {
      // A page that has the bytes inlined may import what would load them: outdial/forms.
      if (!loader?.module) loader = chosen;
    },
    init(source) {
      if (exports) return Promise.resolve();
      // A load that failed is forgotten, so that it can be tried again.
      loading ??= load(source ?? undefined).finally(() => (loading = undefined));
      return loading;
    },
  };
}

/** In a runtime that may not compile, whose builds refuse code that could. */
async function asGiven(given) {
  const module = await given;
  if (!isModule(module)) throw wrongSource('must be a WebAssembly.Module: this runtime may not compile one');
  return { module, name: 'what init was given' };
}

export function wrongSource(message) {
  return new OutdialError({ code: 'invalid_input', message: `source ${message}`, issues: [{ path: 'source', code: 'invalid_type', message }], attempts: 0 });
}

/** Why something went wrong with a module: this runtime takes none at all, or `what`. */
export function refusal(what, cause) {
  if (typeof WebAssembly === 'undefined') return notReady('this runtime has no WebAssembly', cause);
  try {
    // WebKit compiles what it will not start.
    new WebAssembly.Instance(new WebAssembly.Module(EMPTY_MODULE));
  } catch (refused) {
    return notReady("WebAssembly is refused here: the script-src of the page's Content-Security-Policy lacks 'wasm-unsafe-eval' (an edge runtime needs its own entry of this package)", refused);
  }
  return notReady(`${what}: ${wordsOf(cause)}`, cause);
}

export function notReady(message, cause) {
  return new OutdialError({ code: 'not_ready', message: `The module is not loaded: ${message}`, attempts: 0 }, cause);
}

export function wordsOf(cause) {
  return cause?.message ?? String(cause);
}

export function isModule(value) {
  return tagOf(value) === 'WebAssembly.Module';
}

export function tagOf(value) {
  return Object.prototype.toString.call(value).slice(8, -1);
}
