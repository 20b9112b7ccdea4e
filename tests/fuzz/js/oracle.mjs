/** How long a promise may take on a busy machine; clients here give up after fractions of a second. */
const LONGEST_MS = 10_000;

const OPEN = Symbol('open');
const { setTimeout, clearTimeout } = globalThis;

/** What became of `work()`: `{ value }` or `{ error }`; it throws if that stays open. */
export async function outcomeOf(work) {
  let timer;
  const late = new Promise((resolve) => (timer = setTimeout(() => resolve(OPEN), LONGEST_MS)));
  try {
    // A value in a member: what was made may be a thenable of the caller's.
    const ended = (async () => ({ value: await work() }))().catch((error) => ({ error }));
    const outcome = await Promise.race([ended, late]);
    if (outcome === OPEN) throw new Error(`it was still open after ${LONGEST_MS} ms`);
    return outcome;
  } finally {
    clearTimeout(timer);
  }
}

/** What of the promises is broken by an error, or undefined. `kind`: 'operation', 'sync' or 'tool'. */
export function problemOf(error, { kind, isOutdialError, own }) {
  if (error instanceof WebAssembly.RuntimeError) return 'a trap of the module';
  if (isOutdialError(error)) return error.code === 'internal' ? 'an internal error' : undefined;
  if (kind === 'operation') return 'no OutdialError';
  // What the options' own getters throw is the caller's.
  if (own.has(error)) return undefined;
  if (error instanceof TypeError) return undefined;
  if (kind === 'sync' && error instanceof RangeError && /^\w+(?:\.\w+)?: /.test(error.message)) return undefined;
  // Of what is too long to be a text the runtime says so itself, in the sandbox's fetch as in its own.
  if (kind === 'tool' && error instanceof RangeError && error.message === 'Invalid string length') return undefined;
  return 'no documented error';
}

export function shown(error) {
  try {
    return `${error?.name}: ${error?.message}\n${error?.stack}`.slice(0, 1_500);
  } catch {
    return 'an error that cannot be shown';
  }
}
