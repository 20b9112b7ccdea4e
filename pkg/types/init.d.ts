/** Where the WebAssembly module is, or what it is. */
export type ModuleSource = URL | string | Response | Promise<Response> | BufferSource | WebAssembly.Module;

/**
 * Loads the WebAssembly module. A page awaits it once before it calls a synchronous function; Node, Deno, Bun and workerd need
 * not. Loading again does nothing, and a load that failed may be tried again.
 *
 * @param source where the module is, or what it is; default: the file beside the code
 * @throws {OutdialError} invalid_input for a source that is none of these; not_ready where no module of this package is to be
 * had from it: an address that answers an error or something else, a file that is cut short or of another version, a page whose
 * Content-Security-Policy lacks `script-src 'wasm-unsafe-eval'`. The message says which, and `cause` is what the runtime threw
 * @example
 * await init();
 * parsePhone('+1 415 555 2671').ok; // true
 * @see https://developer.mozilla.org/docs/Web/HTTP/Reference/Headers/Content-Security-Policy/script-src
 */
export function init(source?: ModuleSource): Promise<void>;
