import { errorsAsText, readBody } from './body.js';
import { describeProgress } from './calls.js';
import { isObject, isText, listOf, oneOf } from './options.js';
import { Refusal } from './refusal.js';
import { callOperations } from './thoughtly/calls.js';
import { contactOperations, describeContact } from './thoughtly/contacts.js';
import { createServer } from './vendor.js';

const BASE = '/contact';

const ROUTES = [
  ['POST', /^\/create$/, 'createContact'],
  ['POST', /^\/call$/, 'createCall'],
];

const REVOKED_TOKEN = 'thoughtly_revoked';

const isTeams = (value) => isObject(value) && Object.values(value).every(listOf(isText));

/** The Thoughtly API as its pages describe it; see README.md in this folder for what they leave open. */
export const thoughtly = {
  name: 'thoughtly',
  headers: ['Content-Type', 'x-api-token', 'team_id'],
  secretHeaders: ['x-api-token'],
  serves: (path) => path === BASE || path.startsWith(`${BASE}/`),
  open,
  options: {
    thoughtly: {
      members: {
        teams: { default: undefined, is: isTeams, expects: 'an object of { [teamId]: [tokens] }' },
        interviews: { default: undefined, is: listOf(isText), expects: 'a list of agents\' ids' },
        refusals: { default: 'status', is: oneOf('status', 'ok'), expects: '\'status\' or \'ok\'' },
      },
    },
  },
};

// "data" is required by the envelope's schema, also where there is nothing to say.
const envelope = (data, error) => JSON.stringify({ data, ...(error !== undefined && { error }) });

const refusals = {
  malformed: (message) => new Refusal(400, 'bad_request', message),
  invalid: (errors) => new Refusal(400, 'validation_error', errorsAsText(errors)),
};

function open(store, settings) {
  const { teams, interviews, refusals: refusedAs } = settings.thoughtly;
  const context = {
    store,
    interviews,
    readBody: (message, schema) => readBody(message, schema, refusals),
    answer: (data, error = null) => ({ status: 200, text: envelope(data, error) }),
    // The page: error is "null or omitted" on success.
    answerWithoutError: (data) => ({ status: 200, text: envelope(data) }),
  };

  const refuse = ({ status, code, message, headers }) => ({
    status: refusedAs === 'ok' ? 200 : status,
    headers,
    text: envelope({}, { code, message }),
  });

  const server = createServer({
    base: BASE,
    routes: ROUTES,
    admit: (message) => authenticate(message.headers, teams),
    operations: { ...contactOperations(context), ...callOperations(context) },
    refuse,
  });
  const failure = (status) => envelope({}, { message: `The request failed with status ${status}` });
  return { ...server, failure, reset() {}, contact: describeContact, call: describeCall };
}

const describeCall = (call) => ({
  id: call.id,
  contact_id: call.contactId,
  interview_id: call.interviewId,
  metadata: call.metadata,
  ...describeProgress(call),
});

function authenticate({ 'x-api-token': token, team_id: team }, teams) {
  const refused = (message) => new Refusal(401, 'unauthorized', message);
  if (!token) throw refused('The header x-api-token is missing');
  if (!team) throw refused('The header team_id is missing (some proxies drop header names with an underscore)');
  if (token === REVOKED_TOKEN) throw refused('The token was revoked');
  if (teams && !(Object.hasOwn(teams, team) && teams[team].includes(token))) throw refused('The token is not one of this team');
  return team;
}
