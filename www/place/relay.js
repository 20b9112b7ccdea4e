import { createClient } from '../outdial.js';
import { name, text } from '../syntax.js';
import { describeAnswer, describeRequest } from './describe.js';

const urlOf = (provider) => `/api/outdial/${provider}`;

/** The relays of the server that this page came from, and clients that talk to them. The page has no key to conceal. */
export function openRelay() {
  const clientOf = (provider, fetch) => createClient({ provider: 'relay', url: urlOf(provider), fetch });

  function connect(provider, { onRequest, onAnswer }) {
    return clientOf(provider, async (request) => {
      onRequest(await describeRequest(request.clone()));
      const response = await fetch(request);
      onAnswer(await describeAnswer(response.clone()));
      return response;
    });
  }

  /** The request that `run(client, options)` would send. It is taken from the client, which is then called off. */
  async function rehearse(provider, run) {
    const [requests, off] = [[], new AbortController()];
    const client = clientOf(provider, async (request) => {
      requests.push(await describeRequest(request.clone()));
      off.abort();
      throw new Error('this was a rehearsal');
    });
    await run(client, { signal: off.signal, maxRetries: 0 }).catch(() => {});
    return requests;
  }

  const code = (provider) => ['{ ', name('provider'), ': ', text("'relay'"), ', ', name('url'), ': ', text(`'${urlOf(provider)}'`), ' }'];
  return { connect, rehearse, code };
}
