import { join } from 'node:path';
import { consumers, fromConsumers, workerModules } from '../js/support/consumers.mjs';

// One machine of Cloudflare's: the recipes' worker, its queue and its Durable Object, whose storage outlives it.
const { OUTDIAL_CONFIG, TIMEOUT_MS, STORAGE } = process.env;
const { Miniflare } = await fromConsumers('miniflare');
const worker = new Miniflare({
  modulesRoot: '/',
  modules: workerModules(new URL('./cloudflare-worker.mjs', import.meta.url), { '/recipe.mjs': join(consumers, 'queue-cloudflare/worker.mjs') }),
  compatibilityDate: '2026-04-01',
  bindings: { OUTDIAL_CONFIG, TIMEOUT_MS },
  durableObjects: { CALLS: { className: 'Calls', useSQLite: true } },
  durableObjectsPersist: STORAGE,
  queueProducers: { QUEUE: 'calls' },
  queueConsumers: { calls: { maxBatchSize: 20, maxBatchTimeout: 0, maxRetries: 100 } },
});
console.log(String(await worker.ready));
