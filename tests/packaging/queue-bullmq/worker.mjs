import { DelayedError, Worker } from 'bullmq';
import { Redis } from 'ioredis';
import { createClient } from 'outdial';
import { handleJob } from 'outdial/queue';

const { OUTDIAL_CONFIG, REDIS_URL, CALLS_PER_MINUTE = 100, TIMEOUT_MS = 30_000 } = process.env;
const timeoutMs = Number(TIMEOUT_MS);
const client = createClient(JSON.parse(OUTDIAL_CONFIG)); // { "provider": "truedy", "apiKey": "..." }
const connection = new Redis(REDIS_URL, { maxRetriesPerRequest: null });
const store = {
  claim: async (id, record) => JSON.parse(await connection.set(`call:${id}`, JSON.stringify(record), 'NX', 'GET')),
  put: (id, record) => connection.set(`call:${id}`, JSON.stringify(record)),
  delete: (id) => connection.del(`call:${id}`),
};
async function work(job, token) {
  const outcome = await handleJob(client, { id: job.id, input: job.data }, store, { timeoutMs, delivery: job.attemptsStarted });
  const { status, id, error, retryAfterMs } = outcome;
  if (status !== 'retry') return { status, id, code: error?.code };
  await job.moveToDelayed(Date.now() + retryAfterMs, token);
  throw new DelayedError();
}
const limiter = { max: Number(CALLS_PER_MINUTE), duration: 60_000 };
const patience = { lockDuration: 2 * timeoutMs, stalledInterval: 2 * timeoutMs, maxStalledCount: 1_000 };
new Worker('calls', work, { connection, concurrency: 10, limiter, ...patience });
