/**
 * How a request says that its redirects are not followed. `manual` lets an answer say where it points. But Node's own fetch then
 * keeps a second copy of every body, which takes a sixth of the time of a small request: undici makes none only where redirects
 * are refused (`error`) and no window asks. So there a request that is one of many is sent like that, once its host has answered
 * well; of a redirect no more is known then than in a page.
 */
const { process, Deno } = globalThis;
const { node, bun, electron } = process?.versions ?? {};
const copiesBodies = Boolean(node) && !bun && !electron && !Deno;

// One is enough: whoever talks to many hosts in turn only has the copies.
let answeredWell;

export function unfollowed(url, isOneOfMany) {
  return isOneOfMany && copiesBodies && originOf(url) === answeredWell ? { redirect: 'error', window: null } : { redirect: 'manual' };
}

export function noteAnswer(url, status) {
  if (status >= 200 && status < 300) answeredWell = originOf(url);
}

/** What undici gives as the cause when a request that said `error` was redirected. */
export const REDIRECTED = 'unexpected redirect';

// An absolute URL of http or https, which the module wrote: its path begins behind `://` and the host.
const originOf = (url) => url.slice(0, url.indexOf('/', 8));
