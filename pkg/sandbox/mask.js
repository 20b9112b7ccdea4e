const SHORTEST_KEY = 8;

/** A request as it may be shown: the secret's place says only its scheme and, of a long one, the last four characters. */
export function maskRequest(request, secretHeaders) {
  const secrets = new Map();
  for (const name of secretHeaders) {
    const secret = request.headers[name]?.replace(/^Bearer\s+/i, '');
    if (secret) secrets.set(secret, hidden(secret));
  }
  return replaceStrings(request, (text) => {
    let shown = text;
    for (const [secret, mask] of secrets) {
      if (shown === secret || shown.toLowerCase() === `bearer ${secret}`.toLowerCase()) shown = shown.slice(0, -secret.length) + mask;
      // A short one would take innocent text with it.
      else if (secret.length >= SHORTEST_KEY) shown = shown.replaceAll(secret, mask);
    }
    return shown;
  });
}

const hidden = (secret) => `••••${secret.length >= 2 * SHORTEST_KEY ? secret.slice(-4) : ''}`;

function replaceStrings(value, replace) {
  if (typeof value === 'string') return replace(value);
  if (Array.isArray(value)) return value.map((item) => replaceStrings(item, replace));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, replaceStrings(item, replace)]));
}
