import { createCall, createClient, isOutdialError, resumeCall } from '../outdial.js';
import { PLATFORMS } from '../place/platforms.js';
import { createSandbox } from '../sandbox.js';
import { rulesOf } from './faults.js';

const TIMEOUT_MS = 1_200;
const LATENCY_MS = 120;
const LOOP_TRIES = 3;
const LOOP_BACKOFF_MS = 300;

const INPUT = { agentId: '1f4baf16-1540-4d91-9696-7f34b2f2cb77', phoneNumber: '+14155550123' };
const INPUTS = { truedy: INPUT, thoughtly: INPUT, kore: { ...INPUT, fromNumber: '+14155550100' } };

const wait = (ms) => new Promise((resolve) => { setTimeout(resolve, ms); });

/**
 * A platform under faults, and what one call meets there. `track` grows while it happens: `attempts`, each
 * `{ from, to?, outcome?, key?, rang }` in milliseconds since the start, the `end` and what came of it.
 */
export function openTrial(provider, faults) {
  const sandbox = createSandbox({ clock: 'live', latencyMs: LATENCY_MS, rateLimit: false, kore: { rateLimit: false }, faults: rulesOf(faults) });
  const track = { attempts: [], rung: 0 };
  const started = performance.now();
  const now = () => performance.now() - started;
  const current = () => track.attempts.at(-1);

  const { config } = PLATFORMS[provider].account();
  const client = createClient({ ...config, timeoutMs: TIMEOUT_MS, fetch: send, dangerouslyAllowBrowser: true });

  async function send(request) {
    // Thoughtly's contact, which is no call.
    if (request.url.endsWith('/contact/create')) return sandbox.fetch(request);
    const attempt = { from: now(), key: request.headers.get('x-idempotency-key') ?? undefined, rang: false };
    track.attempts.push(attempt);
    const before = sandbox.created.calls;
    // Once the call exists the phone rings, whatever becomes of the answer.
    const watch = setInterval(() => notice(attempt, before), 20);
    try {
      const response = await sandbox.fetch(request);
      const fault = sandbox.requests.at(-1)?.fault;
      finish(attempt, { half_body: 'half an answer', redirect: 'redirect' }[fault] ?? `${response.status}`);
      return response;
    } catch (error) {
      finish(attempt, request.signal.aborted ? 'no answer' : 'connection lost');
      throw error;
    } finally {
      clearInterval(watch);
      notice(attempt, before);
    }
  }

  function notice(attempt, before) {
    if (attempt.rang || sandbox.created.calls === before) return;
    Object.assign(attempt, { rang: true, rangAt: now() });
    track.rung = Object.values(sandbox.rang).reduce((sum, times) => sum + times, 0);
  }

  function finish(attempt, outcome) {
    if (attempt.to === undefined) Object.assign(attempt, { to: now(), outcome });
  }

  function settle(result) {
    if (current()) finish(current(), 'no answer');
    Object.assign(track, { end: now(), ...result });
    return track;
  }

  async function outcomeOf(work) {
    Object.assign(track, { end: undefined, error: undefined, call: undefined });
    try {
      return settle({ call: await work() });
    } catch (error) {
      if (!isOutdialError(error)) throw error;
      return settle({ error });
    }
  }

  return {
    track,
    now,
    /** As outdial does it. */
    place: () => outcomeOf(() => createCall(client, INPUTS[provider])),
    /** Asks once more, under the key of the call whose outcome is unknown. */
    resume() {
      const { error } = track;
      return outcomeOf(() => resumeCall(client, error));
    },
    /** As a loop around a POST does it: any failure is tried again, as a request of its own. */
    loop: () => outcomeOf(async () => {
      for (let tries = 1; ; tries += 1) {
        try {
          return await createCall(client, INPUTS[provider], { maxRetries: 0 });
        } catch (error) {
          if (tries === LOOP_TRIES) throw error;
          await wait(LOOP_BACKOFF_MS * 2 ** (tries - 1));
        }
      }
    }),
  };
}
