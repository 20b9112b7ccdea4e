import { LONGEST_TIMER_MS, nowMs, reasonOf } from '../attempt.js';
import { handleOf } from '../client.js';
import { OutdialError } from '../error.js';
import { pack } from '../pack.js';
import { limitOf } from './limit.js';
import { Pace } from './pace.js';
import { readSettings } from './settings.js';
import { openSource } from './source.js';

/** How often one unit may be refused by 429 before that is its result: by then the pauses came to ten minutes. */
const MOST_REFUSALS = 15;

/** How much may be finished and not yet taken, for each that may be on its way. */
const AHEAD = 4;

/**
 * Performs many inputs of the operation `single` and gives their results. `plan(handle, settings)` says how: `perform(unit)` settles a unit, up to
 * `unitSize` rows `{ index, input }`, with a result for each, and never rejects.
 */
export async function* runBulk({ client, operation, single, inputs, options }, plan) {
  const handle = handleOf(client, operation);
  const settings = readSettings(options, { operation, provider: client.provider, takesKeys: single === 'createCall' });
  const source = openSource(inputs, operation);
  const isSendable = (input) => handle.validate(single, pack(input)).length === 0;
  const run = new Run({ client, operation, source, settings, unitSize: 1, isSendable, ...plan(handle, settings) });
  try {
    for (let unit = await run.next(); unit; unit = await run.next()) {
      for (const result of unit) yield result;
      run.taken();
    }
    for (const result of run.neverStarted()) yield result;
    if (run.problem) throw run.problem;
  } finally {
    run.close();
  }
}

class Run {
  /** Why the inputs ended too early. */
  problem = undefined;

  #about;
  #source;
  #settings;
  #unitSize;
  #perform;
  #isSendable;
  #limit;
  #pace;
  #ahead;

  #rows = [];
  #ready = undefined;
  #read = 0;
  #isReading = false;
  #isExhausted = false;
  #isAborted = false;
  #isSourceClosed = false;
  #isClosed = false;

  #again = [];
  #finished = new Map();
  #started = 0;
  #given = 0;
  #takenUnits = 0;
  #inFlight = 0;
  #done = 0;
  #failed = 0;

  #timer;
  #wake = undefined;
  #onAbort = () => this.#abort();

  constructor({ client, operation, source, settings, unitSize, perform, isSendable }) {
    this.#about = { provider: client.provider, operation };
    this.#source = source;
    this.#settings = settings;
    this.#unitSize = unitSize;
    this.#perform = perform;
    this.#isSendable = isSendable;
    this.#limit = limitOf(client);
    this.#pace = new Pace(settings.concurrency);
    // One at a time means that the next is asked for when the last was taken.
    this.#ahead = settings.concurrency === 1 ? 1 : AHEAD * settings.concurrency;
    if (this.#listen(settings.signal)) this.#abort();
  }

  /** Whether the signal has fired already. */
  #listen(signal) {
    try {
      signal?.addEventListener('abort', this.#onAbort, { once: true });
      return Boolean(signal?.aborted);
    } catch (thrown) {
      this.close();
      const message = 'signal could not be listened to: it throws';
      const issues = [{ path: 'signal', code: 'unreadable', message }];
      throw new OutdialError({ code: 'invalid_input', message: `Nothing was sent: ${message}`, ...this.#about, issues, attempts: 0 }, thrown);
    }
  }

  /** The results of the next unit, or undefined after the last. */
  async next() {
    for (;;) {
      this.#fill();
      const results = this.#takeFinished();
      if (results) return results;
      if (this.#inFlight === 0 && this.#isOver()) return undefined;
      await new Promise((resolve) => (this.#wake = resolve));
    }
  }

  taken() {
    this.#takenUnits += 1;
  }

  /** After an abort: every row of an array that was not begun; of other inputs one stands for itself and all behind it. */
  *neverStarted() {
    if (!this.#isAborted) return;
    const from = this.#read - this.#unstarted;
    const isKnownToEnd = this.#isExhausted && this.#unstarted === 0;
    const until = this.#source.length ?? (isKnownToEnd ? from : from + 1);
    for (let index = from; index < until; index++) yield { index, ok: false, error: this.#aborted(from) };
  }

  close() {
    clearTimeout(this.#timer);
    this.#closeSource();
    this.#isClosed = true;
    try {
      this.#settings.signal?.removeEventListener('abort', this.#onAbort);
    } catch {
      // A signal of the caller's own making.
    }
  }

  /** How many rows were read and not begun. */
  get #unstarted() {
    return this.#rows.length + (this.#ready?.rows.length ?? 0);
  }

  #isOver() {
    return this.#again.length === 0 && (this.#isAborted || (this.#isExhausted && this.#unstarted === 0));
  }

  #takeFinished() {
    const [number] = this.#settings.order === 'input' ? [this.#given] : this.#finished.keys();
    const results = this.#finished.get(number);
    if (!results) return undefined;
    this.#finished.delete(number);
    this.#given += 1;
    return results;
  }

  /** Begins as much as may be on its way now. */
  #fill() {
    while (!this.#isClosed && this.#inFlight < this.#pace.width) {
      const isFull = this.#started - this.#takenUnits >= this.#ahead;
      if (this.#again.length === 0 && (this.#isAborted || isFull || !this.#gather())) return;
      // The inputs may have fired the signal while they were asked for more.
      if (this.#again.length === 0 && this.#isAborted) return;
      const unit = this.#again[0] ?? this.#ready;
      const now = nowMs();
      const waitMs = unit.isSent ? this.#waitMs(now) : 0;
      if (waitMs > 0) return this.#wait(waitMs);
      if (unit !== this.#ready) {
        this.#again.shift();
      } else {
        this.#ready = undefined;
        this.#started += 1;
      }
      this.#start(unit, now);
    }
  }

  #waitMs(now) {
    return this.#pace.pauseMs(now) || this.#limit.take(this.#settings.perMinute, now);
  }

  #wait(ms) {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#advance(), Math.min(Math.ceil(ms), LONGEST_TIMER_MS));
  }

  /** Reads rows until they make a unit; whether there is one. */
  #gather() {
    if (this.#ready) return true;
    while (this.#rows.length < this.#unitSize && !this.#isExhausted) {
      if (this.#isReading) return false;
      let step;
      try {
        step = this.#source.next();
        if (typeof step?.then === 'function') {
          this.#readLater(step);
          return false;
        }
        this.#add(step);
      } catch (thrown) {
        this.#break(thrown);
      }
    }
    if (this.#rows.length === 0) return false;
    const rows = this.#rows.splice(0);
    // Without a limit, what cannot be sent costs nothing that could be saved.
    const isSent = this.#settings.perMinute === Infinity || rows.some(({ input }) => this.#isSendable(input));
    this.#ready = { number: this.#started, rows, isSent, refusals: 0, results: undefined };
    return true;
  }

  #readLater(promise) {
    this.#isReading = true;
    promise.then((step) => this.#add(step)).catch((thrown) => this.#break(thrown)).then(() => {
      this.#isReading = false;
      this.#advance();
    });
  }

  #add({ value, done }) {
    if (done) this.#isExhausted = true;
    else if (!this.#isClosed) this.#rows.push({ index: this.#read++, input: value });
  }

  // What was begun goes on, and what was read before is begun.
  #break(thrown) {
    this.#isExhausted = true;
    const message = `inputs broke off: number ${this.#read} threw when it was asked for`;
    const issues = [{ path: `inputs.${this.#read}`, code: 'unreadable', message }];
    this.problem = new OutdialError({ code: 'invalid_input', message, ...this.#about, issues, attempts: 0 }, thrown);
  }

  async #start(unit, sentAt) {
    this.#inFlight += 1;
    const results = await this.#perform(unit.rows);
    this.#inFlight -= 1;
    this.#settle(unit, results, sentAt);
    this.#advance();
  }

  #settle(unit, results, sentAt) {
    const refused = results.find(({ error }) => error?.code === 'rate_limited')?.error;
    if (refused) this.#pace.refuse(nowMs(), sentAt, refused.retryAfterMs);
    else if (!unit.isSent || results.every(({ error }) => error?.attempts === 0)) this.#giveBack(unit, sentAt);
    else this.#pace.succeed();
    unit.results = results;
    unit.refusals += 1;
    if (refused && !this.#isAborted && unit.refusals < MOST_REFUSALS) this.#again.push(unit);
    else this.#finish(unit);
  }

  // A rule of the policy refused it, after it had its place in the rate.
  #giveBack({ isSent }, sentAt) {
    if (isSent && this.#settings.perMinute !== Infinity) this.#limit.giveBack(sentAt);
  }

  #finish({ number, results }) {
    this.#finished.set(number, results);
    this.#done += results.length;
    for (const { ok } of results) this.#failed += ok ? 0 : 1;
    this.#tell();
  }

  #tell() {
    const { onProgress } = this.#settings;
    if (!onProgress) return;
    try {
      const heard = onProgress({ done: this.#done, failed: this.#failed, inFlight: this.#inFlight });
      Promise.resolve(heard).catch(() => {});
    } catch {
      // What a listener does wrong is no failure of the run.
    }
  }

  #abort() {
    this.#isAborted = true;
    clearTimeout(this.#timer);
    // Refused by 429, these were not done: that is their result.
    for (const unit of this.#again.splice(0)) this.#finish(unit);
    this.#closeSource();
    this.#advance();
  }

  #closeSource() {
    if (this.#isExhausted || this.#isSourceClosed) return;
    this.#isSourceClosed = true;
    try {
      Promise.resolve(this.#source.close()).catch(() => {});
    } catch {
      // It is not asked for anything any more.
    }
  }

  #advance() {
    this.#fill();
    const wake = this.#wake;
    this.#wake = undefined;
    wake?.();
  }

  #aborted(notStartedFrom) {
    const message = 'Nothing was sent for it: the signal fired before it was begun';
    const details = { notStartedFrom };
    return new OutdialError({ code: 'aborted', message, ...this.#about, details, attempts: 0 }, reasonOf(this.#settings.signal));
  }
}
