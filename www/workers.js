// Under Trusted Types an address may become a script only by this policy, and only these two may.
const KNOWN = ['import', 'measure'];

const policy = globalThis.trustedTypes?.createPolicy('outdial-demo', { createScriptURL: addressOf });

function addressOf(name) {
  if (!KNOWN.includes(name)) throw new TypeError(`there is no worker ${name}`);
  return new URL(`./${name}-worker.js`, import.meta.url).href;
}

/** A worker of the page: `post(message)`, `stop()`, and `hear(message)` for all that it says. */
export function startWorker(name, hear) {
  const worker = new Worker(policy ? policy.createScriptURL(name) : addressOf(name), { type: 'module' });
  worker.addEventListener('message', ({ data }) => hear(data));
  worker.addEventListener('error', (event) => hear({ type: 'failed', message: event.message ?? 'the worker did not start' }));
  return { post: (message) => worker.postMessage(message), stop: () => worker.terminate() };
}
