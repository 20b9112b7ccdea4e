import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';

export const BASE = 'https://api.truedy.ai/api/public/v1';
export const AGENT = '1f4baf16-1540-4d91-9696-7f34b2f2cb77';
export const NUMBER = '+14155550123';

export const fixture = (name, provider = 'truedy') =>
  JSON.parse(readFileSync(new URL(`../fixtures/${provider}/${name}.json`, import.meta.url), 'utf8'));

/** Sends a request of the pages' `{ method, url, headers, body }` shape; `body` may be text that is not JSON. */
export async function send(sandbox, { method = 'GET', url, path, headers, body }, init) {
  const response = await sandbox.fetch(url ?? BASE + path, {
    method,
    headers: headers ?? { Authorization: 'Bearer truedy_test' },
    body: body === undefined || typeof body === 'string' ? body : JSON.stringify(body),
    ...init,
  });
  return { status: response.status, headers: response.headers, body: await response.json() };
}

export function post(sandbox, path, body, headers = {}) {
  const all = { Authorization: 'Bearer truedy_test', 'Content-Type': 'application/json', ...headers };
  return send(sandbox, { method: 'POST', path, headers: all, body });
}

function base64url(value) {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}

export function jwt(claims, secret, header = { alg: 'HS256', typ: 'JWT' }) {
  const signed = `${base64url(header)}.${base64url(claims)}`;
  return `${signed}.${createHmac('sha256', secret).update(signed).digest('base64url')}`;
}

/** The requests of each vendor that create something, as they should be. */
export const REQUESTS = {
  'truedy.createContact': {
    url: `${BASE}/contacts`,
    headers: { Authorization: 'Bearer truedy_test', 'Content-Type': 'application/json' },
    body: { phone_number: NUMBER },
  },
  'truedy.createCall': {
    url: `${BASE}/calls`,
    headers: { Authorization: 'Bearer truedy_test', 'Content-Type': 'application/json' },
    body: { agent_id: AGENT, phone_number: NUMBER },
  },
  'thoughtly.createContact': {
    url: 'https://api.thoughtly.com/contact/create',
    headers: { 'x-api-token': 'token', team_id: 'team', 'Content-Type': 'application/json' },
    body: { phone_number: NUMBER },
  },
  'thoughtly.createCall': {
    url: 'https://api.thoughtly.com/contact/call',
    headers: { 'x-api-token': 'token', team_id: 'team', 'Content-Type': 'application/json' },
    body: { contact_id: 'unknown', interview_id: 'agent' },
  },
  'kore.createContact': {
    url: 'https://platform.kore.ai/agentassist/api/v1/public/st-1/contacts',
    headers: { auth: jwt({ sub: '1', appId: 'cs-1' }, 'secret'), accountId: 'a-1', 'Content-Type': 'application/json' },
    body: [{ firstName: 'John', lastName: 'Doe', salutation: 'Mr', cellPhone: { phoneNumber: '4155550123', countryCode: '+1', extension: '+' } }],
  },
  'kore.createCall': {
    url: 'https://platform.kore.ai/api/1.1/public/bot/st-1/smartassist/dialout',
    headers: { auth: jwt({ sub: '1', appId: 'cs-1' }, 'secret'), 'Content-Type': 'application/json' },
    body: { bot: 'st-1', target: 'tel:14155550123', caller: '14155550100' },
  },
};

/** Sends one of REQUESTS with other fields or headers. A list of fields, or text, is the whole body. */
export function ask(sandbox, name, { body, headers, ...rest } = {}) {
  const example = REQUESTS[name];
  const whole = body === undefined || Array.isArray(body) || typeof body === 'string' || Array.isArray(example.body);
  const sent = whole ? (body ?? example.body) : { ...example.body, ...body };
  return send(sandbox, { method: 'POST', url: example.url, headers: { ...example.headers, ...headers }, body: sent, ...rest });
}

export const dial = (sandbox, fields, headers) => post(sandbox, '/calls', { agent_id: AGENT, phone_number: NUMBER, ...fields }, headers);

/** Where a value departs from a JSON schema of the page (type, required, properties, items, pattern, date-time). */
export function departures(schema, value, path = '$') {
  if (value === null && schema.nullable) return [];
  const types = [schema.type ?? []].flat();
  if (types.length > 0 && !types.some((type) => isOfType(type, value))) return [`${path} is not ${types.join(' or ')}`];
  if (typeof value === 'string') return departuresOfText(schema, value, path);
  if (Array.isArray(value)) return value.flatMap((item, index) => departures(schema.items ?? {}, item, `${path}[${index}]`));
  if (value === null || typeof value !== 'object') return [];
  const missing = (schema.required ?? []).filter((name) => !(name in value)).map((name) => `${path}.${name} is missing`);
  const inner = Object.entries(schema.properties ?? {}).filter(([name]) => name in value);
  return [...missing, ...inner.flatMap(([name, part]) => departures(part, value[name], `${path}.${name}`))];
}

function departuresOfText(schema, value, path) {
  if (schema.pattern && !new RegExp(schema.pattern).test(value)) return [`${path} does not match ${schema.pattern}`];
  if (schema.format === 'date-time' && !isDateTime(value)) return [`${path} is no date-time`];
  return [];
}

export const isDateTime = (value) => /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z$/.test(value) && !Number.isNaN(Date.parse(value));

function isOfType(type, value) {
  if (type === 'null') return value === null;
  if (type === 'array') return Array.isArray(value);
  if (type === 'object') return typeof value === 'object' && value !== null && !Array.isArray(value);
  return typeof value === type;
}
