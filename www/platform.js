import { describeAnswer, describeRequest } from './describe.js';
import { createClient, createSandbox } from './outdial.js';
import { name, text } from './syntax.js';

// Long enough to see that something is on its way.
const LATENCY_MS = 150;

/** The Truedy API as it runs in this page, and clients that talk to it under a key made up here. */
export function openPlatform() {
  const sandbox = createSandbox({ clock: 'live', latencyMs: LATENCY_MS });
  const apiKey = `truedy_demo_${crypto.randomUUID().replaceAll('-', '')}`;
  const conceal = (text) => text.replaceAll(apiKey, `••••••••${apiKey.slice(-4)}`);

  /** A client; `onRequest` and `onAnswer` see what passes over its wire, the key concealed. */
  function connect({ onRequest, onAnswer }) {
    async function fetchFromSandbox(request) {
      onRequest(await describeRequest(request.clone(), conceal));
      const response = await sandbox.fetch(request);
      onAnswer(await describeAnswer(response.clone(), conceal));
      return response;
    }
    return createClient({ provider: 'truedy', apiKey, fetch: fetchFromSandbox, dangerouslyAllowBrowser: true });
  }

  const config = () => ['{ ', name('provider'), ': ', text("'truedy'"), ', ', name('apiKey'), ' }'];
  return { sandbox, connect, config };
}
