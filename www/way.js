import { HAS_RELAY } from './has-relay.js';

/** How the form of the second scene reaches a platform: from this page, or through a relay on its server. */
export const way = HAS_RELAY && new URLSearchParams(location.search).get('through') === 'relay' ? 'relay' : 'page';
