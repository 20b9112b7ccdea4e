import { createSandbox } from '../../../pkg/sandbox/index.js';
import { loadInNode } from './load.mjs';

export const outdial = await loadInNode();

export const NUMBER = '+14155550123';
export const AGENT = '1f4baf16-1540-4d91-9696-7f34b2f2cb77';

/** What a client of each platform needs, all secrets with a word in them that can be searched for. */
export const CONFIGS = {
  truedy: { provider: 'truedy', apiKey: 'truedy_hush_1' },
  thoughtly: { provider: 'thoughtly', apiToken: 'thoughtly_hush_2', teamId: 'team_hush_3' },
  kore: {
    provider: 'kore',
    host: 'platform.kore.ai',
    streamId: 'st-1',
    accountId: 'account_hush_4',
    auth: { clientId: 'cs-1', clientSecret: 'kore_hush_5' },
  },
};

export const CONTACTS = {
  truedy: { phoneNumber: NUMBER, firstName: 'Jane' },
  thoughtly: { phoneNumber: NUMBER, name: 'Jane Doe' },
  kore: { phoneNumber: NUMBER, firstName: 'Jane', lastName: 'Doe', salutation: 'Mrs' },
};

export const CALLS = {
  truedy: { agentId: AGENT, phoneNumber: NUMBER },
  thoughtly: { agentId: 'agent-1', phoneNumber: NUMBER },
  kore: { agentId: 'bot-1', phoneNumber: NUMBER, fromNumber: '+14155550100' },
};

/** Truedy's API stands below a path, the others' at the root. */
const baseUrlAt = (provider, url) => (provider === 'truedy' ? `${url}/api/public/v1` : url);

/** A client whose requests end in the sandbox itself. */
export const clientOf = (provider, sandbox, config) => outdial.createClient({ ...CONFIGS[provider], fetch: sandbox.fetch, ...config });

/** A client whose requests go over the wire to a served sandbox. */
export const clientAt = (provider, url, config) => outdial.createClient({ ...CONFIGS[provider], baseUrl: baseUrlAt(provider, url), ...config });

/** A sandbox and a client of it; `options` are the sandbox's. The client's clock is the machine's, so the sandbox's is too. */
export function open(provider, { config, ...options } = {}) {
  const sandbox = createSandbox({ clock: 'live', rateLimit: false, ...options, kore: { rateLimit: false, ...options.kore } });
  return { sandbox, client: clientOf(provider, sandbox, config) };
}

/** What becomes of a promise: `{ value }` or `{ error }`, or an exception of this function if it stays pending. */
export async function settled(promise, withinMs = 60_000) {
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`still pending after ${withinMs} ms`)), withinMs);
  });
  const outcome = promise.then((value) => ({ value }), (error) => ({ error }));
  return Promise.race([outcome, late]).finally(() => clearTimeout(timer));
}

/** The error with which a promise rejects; it must be one of this package. */
export async function failure(promise, withinMs) {
  const { error, value } = await settled(promise, withinMs);
  if (error === undefined) throw new Error(`resolved with ${JSON.stringify(value)}, expected a rejection`);
  if (!outdial.isOutdialError(error)) throw error;
  return error;
}

/** Does `work(item)` for all of `items`, at most `width` at a time. */
export async function each(items, width, work) {
  const queue = items[Symbol.iterator]();
  const worker = async (lane) => {
    for (const item of { [Symbol.iterator]: () => queue }) await work(item, lane);
  };
  await Promise.all(Array.from({ length: width }, (_, lane) => worker(lane)));
}
