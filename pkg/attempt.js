/** A timer of more milliseconds fires at once. */
export const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** A clock for durations, in milliseconds. A page of a test may have no `performance`. */
export const nowMs = () => globalThis.performance?.now() ?? Date.now();

const LONGEST_SETTLING_MS = 10_000;

/** How long a platform may still be at an attempt that took so long and that nobody waits for any more: src/retry.rs. */
export const settlingMs = (tookMs) => Math.min(tookMs, LONGEST_SETTLING_MS);

/**
 * One attempt at the network. It ends when its time is up or when the caller's signal fires, whatever fetch does: a fetch
 * that never settles, or that ignores its signal, must not keep a promise pending.
 */
export class Attempt {
  /** undefined, 'timeout' or 'aborted' */
  ended = undefined;
  /** What the caller's signal was fired with. */
  reason = undefined;

  #controller;
  #stop;
  #timer;
  #outer;
  #onAbort;

  constructor(timeoutMs, outerSignal) {
    if (outerSignal) this.#listen(outerSignal);
    if (!this.ended) this.#timer = setTimeout(() => this.#end('timeout', tookTooLong()), timeoutMs);
  }

  #listen(signal) {
    this.#outer = signal;
    this.#onAbort = () => this.#end('aborted', reasonOf(signal));
    if (signal.aborted) this.#onAbort();
    else signal.addEventListener('abort', this.#onAbort, { once: true });
  }

  /** For a fetch, which is cut off when the attempt ends. */
  get signal() {
    this.#controller ??= new AbortController();
    return this.#controller.signal;
  }

  /** Settles as `promise` does, or rejects when the attempt ends. One thing at a time is waited for. */
  race(promise) {
    return new Promise((resolve, reject) => {
      this.#stop = reject;
      if (this.ended) reject(this.reason);
      Promise.resolve(promise).then(resolve, reject);
    });
  }

  /** Settles when the attempt ends. */
  expiry() {
    return new Promise((_, reject) => {
      this.#stop = reject;
      if (this.ended) reject(this.reason);
    });
  }

  /** Lets go of the timer and of the caller's signal. */
  close() {
    clearTimeout(this.#timer);
    if (!this.#outer) return;
    try {
      this.#outer.removeEventListener('abort', this.#onAbort);
    } catch {
      // A signal of the caller's own making; what it does now is its own business.
    }
  }

  #end(how, reason) {
    if (this.ended) return;
    this.ended = how;
    this.reason = reason;
    this.close();
    this.#stop?.(reason);
    try {
      // Without the caller's reason: whatever that is, the runtime's fetch must not stumble over it.
      this.#controller?.abort(how === 'timeout' ? reason : undefined);
    } catch {
      // A mock that cannot abort; the attempt has ended all the same.
    }
  }
}

function tookTooLong() {
  return Object.assign(new Error('The attempt took too long'), { name: 'TimeoutError' });
}

/** Why a signal fired, or what it throws when it is asked. */
export function reasonOf(signal) {
  try {
    return signal.reason;
  } catch (thrown) {
    return thrown;
  }
}

/** Tells a listener of the caller's; what it does wrong is no failure of the operation, now or later. */
export function tell(listener, event) {
  Promise.resolve(listener(event)).catch(() => {});
}
