/** The glue of a module that imports nothing and exports functions of plain numbers only: it need only be made. */

let exports;

/** At once, from bytes or a compiled module. */
export function initSync({ module }) {
  const compiled = module instanceof WebAssembly.Module ? module : new WebAssembly.Module(module);
  return (exports ??= new WebAssembly.Instance(compiled).exports);
}

/** From an address or a response too, or a promise of one of all these. */
export default async function init({ module_or_path: given }) {
  const source = await (typeof given === 'string' || given instanceof URL ? fetch(given) : given);
  const made = await (source instanceof Response ? received(source) : WebAssembly.instantiate(source));
  return (exports ??= (made.instance ?? made).exports);
}

async function received(response) {
  if (!response.ok) throw new Error(`${response.url} answered ${response.status}`);
  // A server that does not know the file's type must not keep anyone from the module.
  const typed = response.headers.get('content-type')?.startsWith('application/wasm');
  return typed ? WebAssembly.instantiateStreaming(response) : WebAssembly.instantiate(await response.arrayBuffer());
}
