/** The glue of a module that imports nothing and exports functions of plain numbers only: it need only be made. */

let exports;

/** At once, from bytes or a compiled module. */
export function initSync({ module }) {
  const compiled = module instanceof WebAssembly.Module ? module : new WebAssembly.Module(module);
  return (exports ??= new WebAssembly.Instance(compiled).exports);
}

/** From a compiled module. */
export default async function init({ module }) {
  const instance = await WebAssembly.instantiate(module);
  return (exports ??= instance.exports);
}
