/** How the form of the second scene reaches a platform: from this page, or through a relay on its server. */
export const way = new URLSearchParams(location.search).get('through') === 'relay' ? 'relay' : 'page';
