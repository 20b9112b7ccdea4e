/**
 * One attempt at the network. It ends when its time is up or when the caller's signal fires, whatever fetch does: a fetch
 * that never settles, or that ignores its signal, must not keep a promise pending.
 */
export class Attempt {
  /** undefined, 'timeout' or 'aborted' */
  ended = undefined;
  /** What the caller's signal was fired with. */
  reason = undefined;

  #controller = new AbortController();
  #stop;
  #stopped = new Promise((_, reject) => (this.#stop = reject));
  #timer;
  #outer;
  #onAbort = () => this.#end('aborted', reasonOf(this.#outer));

  constructor(timeoutMs, outerSignal) {
    // A rejection that nobody is waiting for is no error.
    this.#stopped.catch(() => {});
    this.#outer = outerSignal ?? undefined;
    if (this.#outer?.aborted) {
      this.#onAbort();
      return;
    }
    this.#outer?.addEventListener('abort', this.#onAbort, { once: true });
    this.#timer = setTimeout(() => this.#end('timeout', tookTooLong()), timeoutMs);
  }

  get signal() {
    return this.#controller.signal;
  }

  /** Settles as `promise` does, or rejects when the attempt ends. */
  race(promise) {
    return Promise.race([promise, this.#stopped]);
  }

  /** Settles when the attempt ends. */
  expiry() {
    return this.#stopped;
  }

  /** Lets go of the timer and of the caller's signal. */
  close() {
    clearTimeout(this.#timer);
    try {
      this.#outer?.removeEventListener('abort', this.#onAbort);
    } catch {
      // A signal of the caller's own making; what it does now is its own business.
    }
  }

  #end(how, reason) {
    if (this.ended) return;
    this.ended = how;
    this.reason = reason;
    this.close();
    this.#stop(reason);
    try {
      // Without the caller's reason: whatever that is, the runtime's fetch must not stumble over it.
      this.#controller.abort(how === 'timeout' ? reason : undefined);
    } catch {
      // A mock that cannot abort; the attempt has ended all the same.
    }
  }
}

const tookTooLong = () => Object.assign(new Error('The attempt took too long'), { name: 'TimeoutError' });

function reasonOf(signal) {
  try {
    return signal.reason;
  } catch (thrown) {
    return thrown;
  }
}

/** Throws where gloo-net's Headers would panic, which leaves a promise pending: without a Headers, or with a mock of it. */
export function tryHeaders() {
  if (tried === Headers) return;
  new Headers().append('content-type', 'application/json');
  tried = Headers;
}

let tried;

/** Tells a listener of the caller's; what it does wrong is no failure of the operation, now or later. */
export function tell(listener, event) {
  Promise.resolve(listener(event)).catch(() => {});
}
