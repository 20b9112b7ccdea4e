import recipe, { Calls as Recipe } from './recipe.mjs';

export class Calls extends Recipe {
  async states() {
    return [...(await this.ctx.storage.list())].map(([id, { state }]) => [id, state]);
  }
}

/** The recipes' worker with a door for the test: POST sends jobs to the queue, GET tells the state of each. */
export default {
  ...recipe,
  async fetch(request, { QUEUE, CALLS }) {
    if (request.method === 'GET') return Response.json(await CALLS.get(CALLS.idFromName('calls')).states());
    await QUEUE.sendBatch((await request.json()).map((body) => ({ body })));
    return new Response('sent');
  },
};
