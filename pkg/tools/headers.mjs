/** What a page of this project may do: run its own modules and WebAssembly, and ask its own origin. */
const POLICY = {
  'default-src': ["'none'"],
  'script-src': ["'self'", "'wasm-unsafe-eval'"],
  'worker-src': ["'self'"],
  'style-src': ["'self'"],
  'img-src': ["'self'", 'data:'],
  'font-src': ["'self'"],
  'connect-src': ["'self'"],
  'form-action': ["'self'"],
  'base-uri': ["'none'"],
  'frame-ancestors': ["'none'"],
};

/** The one policy of www/workers.js; nothing else may become a script. */
export const TRUSTED_TYPES = { 'require-trusted-types-for': ["'script'"], 'trusted-types': ['outdial-demo'] };

/** The headers of pages. `connect`: origins they may also fetch from; `policy`: directives in addition. */
export function securityHeaders({ connect = [], policy = {} } = {}) {
  const directives = { ...POLICY, 'connect-src': [...POLICY['connect-src'], ...connect], ...policy };
  return {
    'content-security-policy': Object.entries(directives).map(([name, sources]) => `${name} ${sources.join(' ')}`).join('; '),
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
  };
}

/** What a page of the demo sends besides. A page that is alone in its process also measures in finer steps. */
export const ISOLATION = {
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-embedder-policy': 'require-corp',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
};
