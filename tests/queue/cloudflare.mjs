import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { startProcess } from './processes.mjs';

const HOST = fileURLToPath(new URL('./cloudflare-host.mjs', import.meta.url));
const ENDED = ['completed', 'rejected', 'parked'];

// Cloudflare delivers some messages twice, without any failure.
const SENT_TWICE = 0.05;
const BATCH = 100;
const MOST_LOST = 5;

/**
 * Cloudflare Queues and a Durable Object under miniflare, with the recipes' worker. Miniflare holds messages in memory, so
 * what was not acknowledged when it was killed is sent again when it is back, as Cloudflare does.
 */
export async function openCloudflare({ env, random = Math.random }) {
  const folder = mkdtempSync(join(tmpdir(), 'outdial-cloudflare-'));
  const sent = [];
  let url;

  async function post(jobs) {
    for (let from = 0; from < jobs.length; from += BATCH) {
      const response = await asked({ method: 'POST', body: JSON.stringify(jobs.slice(from, from + BATCH)) });
      if (!response.ok) throw new Error(`the queue answered ${response.status}: ${await response.text()}`);
    }
  }

  /** As whoever puts messages into a queue does: a connection that is lost is asked for again, and a message may come twice. */
  async function asked(init) {
    for (let lost = 1; ; lost += 1) {
      try {
        return await fetch(url, init);
      } catch (error) {
        if (lost === MOST_LOST) throw error;
        await pause(lost * 200);
      }
    }
  }

  async function ended() {
    const states = await fetch(url).then((response) => response.json(), () => []);
    return new Map(states.filter(([, state]) => ENDED.includes(state)));
  }

  return {
    async start() {
      const { kill, said } = await startProcess(HOST, { env: { ...env, STORAGE: folder }, ready: /http:\S+/ });
      url = said;
      const done = await ended();
      await post(sent.filter(({ id }) => !done.has(id) || random() < SENT_TWICE));
      return { kill };
    },
    async send(jobs) {
      sent.push(...jobs);
      await post(jobs);
    },
    ended,
    count: async () => (await ended()).size,
    async close() {
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
