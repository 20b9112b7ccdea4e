/**
 * A module of this package behind its glue; every runtime has its own way to find the file. `provide` says how:
 * `{ module }` gives its bytes or a compiled module at once, `{ url }` an address to load it from.
 */
export function loadable(glue) {
  let loader;
  let exports;
  let loading;

  async function load(source) {
    exports = await glue.default({ module_or_path: source });
  }

  /** The module's exports, where they are there or can be had at once. */
  function loaded() {
    if (!exports && loader?.module) exports = glue.initSync({ module: loader.module() });
    return exports;
  }

  return {
    loaded,
    /** The load that is under way, if one is. */
    pending: () => loading,
    provide(chosen) {
      loader = chosen;
    },
    init(source) {
      if (exports || (source === undefined && loaded())) return Promise.resolve();
      // A load that failed is forgotten, so that it can be tried again.
      loading ??= load(source ?? loader.url()).finally(() => (loading = undefined));
      return loading;
    },
  };
}
