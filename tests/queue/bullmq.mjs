import { join } from 'node:path';
import { consumers, fromConsumers } from '../js/support/consumers.mjs';
import { startProcess } from './processes.mjs';
import { startRedis } from './redis.mjs';

const WORKER = join(consumers, 'queue-bullmq/worker.mjs');

/** BullMQ with the recipes' worker; `env` is the worker's. A killed worker's jobs come again when their locks end. */
export async function openBullmq({ env }) {
  const { Queue } = await fromConsumers('bullmq');
  const { Redis } = await fromConsumers('ioredis');
  const redis = await startRedis();
  const connection = new Redis(redis.url, { maxRetriesPerRequest: null });
  const queue = new Queue('calls', { connection });
  return {
    start: () => startProcess(WORKER, { env: { ...env, REDIS_URL: redis.url } }),
    send: (jobs) => queue.addBulk(jobs.map(({ id, input }) => ({ name: 'call', data: input, opts: { jobId: id, attempts: 10, backoff: 1_000 } }))),

    count: () => queue.getJobCountByTypes('completed', 'failed'),

    /** How each job that has ended did. */
    async ended() {
      const jobs = await queue.getJobs(['completed', 'failed']);
      return new Map(jobs.map(({ id, returnvalue, failedReason }) => [id, returnvalue?.status ?? `failed: ${failedReason}`]));
    },

    async close() {
      await queue.close();
      connection.disconnect();
      await redis.close();
    },
  };
}
