import { DurableObject } from 'cloudflare:workers';
import { createClient } from 'outdial';
import { handleJob } from 'outdial/queue';

export class Calls extends DurableObject {
  put(id, record) { return this.ctx.storage.put(id, record); }
  delete(id) { return this.ctx.storage.delete(id); }
  async claim(id, record) { return (await this.ctx.storage.get(id)) ?? this.put(id, record); }
}

async function work(message, client, store, timeoutMs) {
  const { status, retryAfterMs } = await handleJob(client, message.body, store, { timeoutMs, delivery: message.attempts });
  if (status === 'retry') message.retry({ delaySeconds: Math.min(43_200, Math.ceil(retryAfterMs / 1000)) });
  else message.ack();
}
export default {
  async queue({ messages }, { OUTDIAL_CONFIG, TIMEOUT_MS = 30_000, CALLS }) {
    const [client, store] = [createClient(JSON.parse(OUTDIAL_CONFIG)), CALLS.get(CALLS.idFromName('calls'))];
    await Promise.allSettled(messages.map((message) => work(message, client, store, Number(TIMEOUT_MS))));
  },
};
