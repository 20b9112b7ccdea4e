import { createClient } from '../outdial.js';
import { createSandbox } from '../sandbox.js';
import { describeAnswer, describeRequest } from './describe.js';
import { concealer, configCode, PLATFORMS } from './platforms.js';

// Long enough to see that something is on its way.
const LATENCY_MS = 150;

/** The platforms' APIs as they run in this page, and clients that talk to them under keys made up here. */
export function openPage() {
  const sandbox = createSandbox({ clock: 'live', latencyMs: LATENCY_MS });
  // Where the form is tried before anything is sent: what is asked of it is the request that will be sent.
  const rehearsal = createSandbox({ clock: 'live', rateLimit: false, kore: { rateLimit: false } });
  const accounts = Object.fromEntries(Object.entries(PLATFORMS).map(([provider, { account }]) => [provider, account()]));

  /** A client; `onRequest` and `onAnswer` see what passes over its wire, the secrets concealed. */
  function connect(provider, { onRequest, onAnswer }) {
    const { config, secrets } = accounts[provider];
    const conceal = concealer(secrets);
    async function fetchFromSandbox(request) {
      onRequest(await describeRequest(request.clone(), conceal));
      const response = await sandbox.fetch(request);
      onAnswer(await describeAnswer(response.clone(), conceal));
      return response;
    }
    return createClient({ ...config, fetch: fetchFromSandbox, dangerouslyAllowBrowser: true });
  }

  /** The requests that `run(client, options)` would send, without sending them. */
  async function rehearse(provider, run) {
    const { config, secrets } = accounts[provider];
    const conceal = concealer(secrets);
    const requests = [];
    async function fetchInVain(request) {
      requests.push(await describeRequest(request.clone(), conceal));
      return rehearsal.fetch(request);
    }
    rehearsal.reset();
    await run(createClient({ ...config, fetch: fetchInVain, dangerouslyAllowBrowser: true }), { maxRetries: 0 }).catch(() => {});
    return requests;
  }

  return { sandbox, connect, rehearse, code: configCode };
}
