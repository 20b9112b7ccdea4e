/** The glue of a module that imports nothing and exports functions of plain numbers only: it need only be made. */

let exports;

/** At once, from a compiled module. */
export function initSync({ module }) {
  return (exports ??= new WebAssembly.Instance(module).exports);
}

/** The same at leisure. */
export default async function init({ module }) {
  const instance = await WebAssembly.instantiate(module);
  return (exports ??= instance.exports);
}
