import { readBody } from './body.js';
import { isFlag, isObject, isRateLimit, isText } from './options.js';
import { createRateLimit } from './rate.js';
import { Refusal } from './refusal.js';
import { createServer } from './vendor.js';
import { callOperations, describeCall } from './kore/calls.js';
import { contactOperations, describeContact } from './kore/contacts.js';
import { createVerifier } from './kore/jwt.js';

const CONTACTS = /^\/agentassist\/api\/v1\/public\/([^/]+)\/contacts$/;
const DIALOUT = /^\/api\/1\.1\/public\/bot\/([^/]+)\/(?:[vV]2\/)?smartassist\/dialout$/;

const ROUTES = [
  ['POST', CONTACTS, 'createContact'],
  ['POST', DIALOUT, 'createCall'],
];

const DEFAULT_LIMIT = 60;

const isApps = (value) => isObject(value) && Object.values(value).every(isText);

/** The Kore.ai APIs as their pages describe them; see README.md in this folder for what they leave open. */
export const kore = {
  name: 'kore',
  headers: ['Content-Type', 'auth', 'accountId'],
  secretHeaders: ['auth'],
  serves: (path) => path.startsWith('/agentassist/api/') || path.startsWith('/api/1.1/public/'),
  open,
  options: {
    kore: {
      members: {
        apps: { default: undefined, is: isApps, expects: 'an object of { [clientId]: clientSecret }' },
        enforceJti: { default: false, is: isFlag, expects: 'true or false' },
        rateLimit: { default: DEFAULT_LIMIT, is: isRateLimit, expects: 'a whole number of requests per minute, or false' },
      },
    },
  },
};

const errorsText = (...errors) => JSON.stringify({ errors });

const refusals = {
  malformed: (message) => new Refusal(400, 400, message),
  invalid: (errors) => new Refusal(400, 400, 'The request is not valid', { fields: errors }),
};

const tooMany = (limit) => `The API rate limit of ${limit} requests per minute for this account is exceeded`;

function open(store, settings) {
  const { apps, enforceJti, rateLimit } = settings.kore;
  const verifier = createVerifier({ apps, enforceJti, now: store.now });
  const rate = createRateLimit({ limit: rateLimit, now: store.now });
  const context = {
    store,
    readBody: (message, schema) => readBody(message, schema, refusals),
    answer: (body) => ({ status: 200, text: JSON.stringify(body) }),
  };

  async function admit(message) {
    const { appId } = await verifier.verify(message.headers.auth);
    const { accountid: accountId } = message.headers;
    if (message.route.operation === 'createContact' && !accountId) throw refusals.malformed('The header accountId is missing');
    // All APIs of an account share its limit, and a call does not name the account: its app stands for it.
    const counted = [`app ${appId}`, ...(accountId ? [`account ${accountId}`] : [])].map((name) => rate.count(name));
    if (counted.some((resetAt) => resetAt !== undefined)) throw new Refusal(429, 429, tooMany(rateLimit));
    return { accountId };
  }

  function refuse({ status, code, message, fields, headers }) {
    const errors = fields
      ? fields.map(({ loc, msg }) => ({ msg: `${loc.slice(1).join('.') || loc[0]}: ${msg}`, code }))
      : [{ msg: message, code: typeof code === 'number' ? code : status }];
    return { status, headers, text: errorsText(...errors) };
  }

  function failure(status) {
    return errorsText({ msg: status === 429 ? tooMany(DEFAULT_LIMIT) : `The request failed with status ${status}`, code: status });
  }

  function reset() {
    verifier.reset();
    rate.reset();
    // Who acts is the same in every answer of a sandbox.
    const id = (prefix) => `${prefix}-${store.random.uuid()}`;
    context.owner = { createdBy: id('u'), orgId: id('o') };
    context.numbers = new Set();
  }

  const operations = { ...contactOperations(context), ...callOperations(context) };
  const server = createServer({ base: '', routes: ROUTES, admit, operations, refuse });
  return { ...server, failure, reset, contact: describeContact, call: describeCall };
}
