import { createContacts } from '../outdial.js';
import { createSandbox } from '../sandbox.js';
import { createBreath } from './breath.js';
import { clientOf, readRows } from './rows.js';

const CONCURRENCY = 16;
const REPORT_EVERY_MS = 100;

// A sandbox keeps all that it is asked; a list is sent to one after another, so that the tab keeps its size.
const ROWS_A_SANDBOX = 5_000;

/** Sends a list: `done` gives `{ progress, result, cancelled }` with the result as a CSV file. */
export function openSending(file, mapping, onProgress) {
  const off = new AbortController();
  const gate = createGate();
  const breathe = createBreath();
  const progress = { created: 0, failed: 0, leftOut: 0, ms: 0, paused: false };
  const lines = ['line,phone,outcome,id,reason\r\n'];
  const underWay = new Map();
  const from = performance.now();
  let pausedMs = 0;
  let [asked, seed] = [0, 0];
  let sandbox;

  function fetchFromSandbox(request) {
    if (asked % ROWS_A_SANDBOX === 0) sandbox = createSandbox({ seed: (seed += 1), clock: 'live', rateLimit: false });
    asked += 1;
    return sandbox.fetch(request);
  }

  function report() {
    progress.ms = performance.now() - from - pausedMs;
    onProgress({ ...progress });
  }

  async function* inputs() {
    let index = 0;
    for await (const { line, kind, value, reason, message } of readRows(file, mapping)) {
      if (kind === 'ok') {
        pausedMs += (await gate.passed()) ?? 0;
        underWay.set(index, { line, phoneNumber: value.phoneNumber });
        index += 1;
        yield value;
      } else {
        progress.leftOut += 1;
        lines.push(rowOf(line, value?.phoneNumber, kind === 'invalid' ? 'invalid' : 'refused', '', message ?? reason));
      }
      await breathe();
    }
  }

  async function run() {
    const timer = setInterval(report, REPORT_EVERY_MS);
    let cancelled = false;
    try {
      const options = { concurrency: CONCURRENCY, perMinute: Infinity, signal: off.signal };
      for await (const { index, ok, value, error } of createContacts(clientOf(fetchFromSandbox), inputs(), options)) {
        cancelled ||= error?.code === 'aborted';
        if (error?.code === 'aborted') continue;
        progress[ok ? 'created' : 'failed'] += 1;
        const { line, phoneNumber } = underWay.get(index);
        lines.push(rowOf(line, value?.phoneNumber ?? phoneNumber, ok ? 'created' : error.code, value?.id, error?.message));
        underWay.delete(index);
      }
    } finally {
      clearInterval(timer);
    }
    report();
    return { progress: { ...progress }, cancelled, result: new Blob(lines, { type: 'text/csv' }) };
  }

  return {
    done: run(),
    pause: () => gate.close(),
    resume: () => gate.open(),
    cancel() {
      off.abort();
      gate.open();
    },
  };
}

/** A gate that a row waits at while it is closed; `passed()` gives how long. */
function createGate() {
  let closed;
  return {
    close() {
      closed ??= Promise.withResolvers?.() ?? withResolvers();
    },
    open() {
      closed?.resolve();
      closed = undefined;
    },
    async passed() {
      if (!closed) return 0;
      const from = performance.now();
      await closed.promise;
      return performance.now() - from;
    },
  };
}

function withResolvers() {
  const made = {};
  made.promise = new Promise((resolve) => { made.resolve = resolve; });
  return made;
}

const rowOf = (...cells) => `${cells.map(quoted).join(',')}\r\n`;

function quoted(cell = '') {
  const text = String(cell);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
