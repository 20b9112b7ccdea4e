import { clientOf, OPERATIONS } from './outcome.mjs';

/** A client of Truedy under `policy`, and the requests that it sent. */
export function recorded(outdial, policy, config) {
  const sent = [];
  const fetch = async (request) => {
    sent.push(request.url);
    return new Response(JSON.stringify(OPERATIONS.createCall.created), { status: 201 });
  };
  return { sent, client: clientOf({ outdial }, { fetch, policy, ...config }) };
}
