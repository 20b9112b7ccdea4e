import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as pause } from 'node:timers/promises';
import { CALLS, CONTACTS, outdial } from '../js/support/platforms.mjs';

const { createCall, createContact } = outdial;
const BASE = 'https://app.truedy.ai/api/public/v1';
const HEADERS = { authorization: 'Bearer truedy_hush_1', 'content-type': 'application/json' };
const SETTLE_MS = 5;
let serial = 0;

/** A number that was not there before; the sandbox gives a meaning to some that end in 0 and three digits. */
function freshNumber() {
  const at = serial++;
  return `+1415${200 + (Math.floor(at / 9_000) % 700)}${1_000 + (at % 9_000)}`;
}

/**
 * Starts `width` operations at a time on one client, half of them calls, and waits for all. Gives how often each of them
 * settled, and with what.
 */
export async function together(client, width) {
  const settlings = Array.from({ length: width }, () => []);
  await Promise.allSettled(settlings.map((own, index) => {
    const phoneNumber = freshNumber();
    const promise = index % 2 === 0 ? createCall(client, { ...CALLS.truedy, phoneNumber }) : createContact(client, { ...CONTACTS.truedy, phoneNumber });
    return promise.then((value) => own.push({ value }), (error) => own.push({ error }));
  }));
  return settlings;
}

/** The same requests, by `fetch` itself. */
export function bareTogether(fetch, url, width) {
  return Promise.all(Array.from({ length: width }, async (_, index) => {
    const phone_number = freshNumber();
    const [path, body] = index % 2 === 0 ? ['calls', { agent_id: CALLS.truedy.agentId, phone_number }] : ['contacts', { phone_number, first_name: 'Jane' }];
    const headers = { ...HEADERS, 'x-idempotency-key': crypto.randomUUID() };
    const response = await fetch(`${url ?? BASE}/${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
    const { data } = await response.json();
    if (response.status !== 201 || !data.id) throw new Error(`status ${response.status}`);
  }));
}

/**
 * How late the event loop was while each of these `ways` was at work, in turn for `rounds`: `{ p50, p99, max, ms }` in
 * milliseconds, where `ms` is the time of one round.
 */
export async function loopDelays(ways, rounds) {
  const watched = Object.entries(ways).map(([name, work]) => ({ name, work, delay: monitorEventLoopDelay({ resolution: 1 }), ms: 0 }));
  for (const { work } of watched) await work();
  for (let round = 0; round < rounds; round += 1) {
    for (const one of watched) {
      one.delay.enable();
      await pause(SETTLE_MS);
      const from = performance.now();
      await one.work();
      one.ms += (performance.now() - from) / rounds;
      // What kept the loop is told by the next turn of it.
      await pause(SETTLE_MS);
      one.delay.disable();
    }
  }
  const written = (ns) => ns / 1e6;
  return watched.map(({ name, delay, ms }) => ({ name, p50: written(delay.percentile(50)), p99: written(delay.percentile(99)), max: written(delay.max), ms }));
}
