import { Refusal } from '../refusal.js';

const HOUR_S = 3600;
const MOST_REMEMBERED = 1000;

const refused = (reason) => new Refusal(401, 401, `error verifying the jwt: ${reason}`);

/**
 * Checks the JWT of the public APIs: HS256 over the client secret, claims `sub` and `appId`. Without `apps` no secret is
 * known, and only the signature is left unchecked. `enforceJti`: "jti" is required, good for one request, and "exp" at most
 * an hour away.
 */
export function createVerifier({ apps, enforceJti, now }) {
  const keys = new Map();
  const usedIds = new Set();
  // Tokens whose signature was found right: one token serves many requests.
  let genuine = new Set();

  function keyOf(secret) {
    if (!keys.has(secret)) keys.set(secret, importKey(secret));
    return keys.get(secret);
  }

  async function checkSignature(token, { signed, signature, claims }) {
    if (genuine.has(token)) return;
    if (!Object.hasOwn(apps, claims.appId)) throw refused('the app is not known');
    const key = await keyOf(apps[claims.appId]);
    if (!(await crypto.subtle.verify('HMAC', key, signature, new TextEncoder().encode(signed)))) throw refused('invalid signature');
    if (genuine.size >= MOST_REMEMBERED) genuine = new Set();
    genuine.add(token);
  }

  function checkTimes({ exp, jti, appId }) {
    const nowS = Math.floor(now() / 1000);
    if (exp !== undefined && !Number.isFinite(exp)) throw refused('invalid exp value');
    if (exp !== undefined && exp <= nowS) throw refused('jwt expired');
    if (!enforceJti) return;
    if (typeof jti !== 'string' || jti === '') throw refused('"jti" claim is required');
    if (exp === undefined || exp - nowS > HOUR_S) throw refused('if "jti" claim "exp" must be <= 1 hour(s)');
    const used = JSON.stringify([appId, jti]);
    if (usedIds.has(used)) throw refused('possibly a replay');
    usedIds.add(used);
  }

  return {
    async verify(token) {
      if (!token) throw refused('the header auth is missing');
      const parts = read(token);
      if (apps) await checkSignature(token, parts);
      checkTimes(parts.claims);
      return parts.claims;
    },
    reset: () => usedIds.clear(),
  };
}

const importKey = (secret) =>
  crypto.subtle.importKey('raw', new TextEncoder().encode(secret), { name: 'HMAC', hash: 'SHA-256' }, false, ['verify']);

function read(token) {
  const [, head, body, mark] = /^([\w-]+)\.([\w-]+)\.([\w-]*)$/.exec(token) ?? [];
  if (head === undefined) throw refused('jwt malformed');
  const header = readJson(head);
  const claims = readJson(body);
  if (header?.alg !== 'HS256') throw refused('invalid algorithm');
  for (const name of ['sub', 'appId']) {
    if (typeof claims?.[name] !== 'string' || claims[name] === '') throw refused(`"${name}" claim is required`);
  }
  const signature = bytesOf(mark);
  if (signature?.length !== 32) throw refused('invalid signature');
  return { signed: `${head}.${body}`, signature, claims };
}

function bytesOf(base64url) {
  try {
    return Uint8Array.from(atob(base64url.replaceAll('-', '+').replaceAll('_', '/')), (character) => character.charCodeAt(0));
  } catch {
    return undefined;
  }
}

function readJson(base64url) {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytesOf(base64url)));
  } catch {
    throw refused('jwt malformed');
  }
}
