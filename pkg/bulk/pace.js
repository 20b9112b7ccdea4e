const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 60_000;

/**
 * How fast a run goes: after a 429 nothing is sent for a while, then half as much at a time, and with every success a
 * little more.
 */
export class Pace {
  #most;
  #width;
  #refusals = 0;
  #resumeAt = 0;

  constructor(most) {
    this.#most = most;
    this.#width = most;
  }

  /** How many may be on their way. */
  get width() {
    return Math.floor(this.#width);
  }

  /** How long nothing may be sent, in milliseconds. */
  pauseMs(now) {
    return Math.max(0, this.#resumeAt - now);
  }

  /** `sentAt`: what was sent before the pause says nothing new about the speed. */
  refuse(now, sentAt, askedMs) {
    if (sentAt >= this.#resumeAt) {
      this.#width = Math.max(1, this.#width / 2);
      this.#refusals += 1;
    }
    const ceiling = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** Math.min(this.#refusals - 1, 16));
    const pauseMs = askedMs ?? ceiling * (0.5 + Math.random() / 2);
    this.#resumeAt = Math.max(this.#resumeAt, now + pauseMs);
  }

  succeed() {
    this.#refusals = 0;
    this.#width = Math.min(this.#most, this.#width + 1 / this.#width);
  }
}
