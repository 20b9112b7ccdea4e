const MINUTE_MS = 60_000;

const limits = new WeakMap();

/** What a client's bulk operations share, so that two at a time keep to its rate as one does. */
export function limitOf(client) {
  let limit = limits.get(client);
  if (!limit) limits.set(client, (limit = new Limit()));
  return limit;
}

/**
 * A bucket of tokens, each of which comes back a minute after it was taken: no minute, wherever it begins, sees more
 * requests than there are tokens.
 */
class Limit {
  #taken = [];
  #first = 0;

  /** Takes a token of `perMinute`: 0, or else how long until there is one, in milliseconds. */
  take(perMinute, now) {
    if (perMinute === Infinity) return 0;
    while (this.#first < this.#taken.length && this.#taken[this.#first] <= now - MINUTE_MS) this.#first += 1;
    this.#forget();
    if (this.#taken.length - this.#first < perMinute) {
      this.#taken.push(now);
      return 0;
    }
    return this.#taken[this.#taken.length - perMinute] + MINUTE_MS - now;
  }

  /** Gives back the token that was taken at a moment: nothing was sent for it. */
  giveBack(takenAt) {
    const at = this.#taken.lastIndexOf(takenAt);
    if (at >= this.#first) this.#taken.splice(at, 1);
  }

  #forget() {
    if (this.#first < 1_000 || this.#first * 2 < this.#taken.length) return;
    this.#taken = this.#taken.slice(this.#first);
    this.#first = 0;
  }
}
