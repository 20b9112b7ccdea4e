import { describeAnswer, describeRequest } from './describe.js';
import { createClient } from './outdial.js';
import { name, text } from './syntax.js';

const URL_OF_RELAY = '/api/outdial';

/** The relay of the server that this page came from, and clients that talk to it. The page has no key to conceal. */
export function openRelay() {
  function connect({ onRequest, onAnswer }) {
    async function fetchAndShow(request) {
      onRequest(await describeRequest(request.clone()));
      const response = await fetch(request);
      onAnswer(await describeAnswer(response.clone()));
      return response;
    }
    return createClient({ provider: 'relay', url: URL_OF_RELAY, fetch: fetchAndShow });
  }
  const config = () => ['{ ', name('provider'), ': ', text("'relay'"), ', ', name('url'), ': ', text(`'${URL_OF_RELAY}'`), ' }'];
  return { connect, config };
}
