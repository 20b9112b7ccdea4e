/** Where the WebAssembly module is, or what it is. */
export type ModuleSource = URL | string | Response | Promise<Response> | BufferSource | WebAssembly.Module;

/**
 * Loads the WebAssembly module. A page awaits it once before it calls a synchronous function; Node, Deno, Bun and workerd need
 * not. Loading again does nothing, and a load that failed may be tried again.
 *
 * @param source where the module is, or what it is; default: the file beside the code
 * @throws what the runtime throws for a module that cannot be had: TypeError (fetch), CompileError (not WebAssembly, or a page
 * whose Content-Security-Policy lacks `script-src 'wasm-unsafe-eval'`)
 * @example
 * await init();
 * parsePhone('+1 415 555 2671').ok; // true
 * @see https://developer.mozilla.org/docs/Web/HTTP/Reference/Headers/Content-Security-Policy/script-src
 */
export function init(source?: ModuleSource): Promise<void>;
