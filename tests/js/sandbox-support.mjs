import { readFileSync } from 'node:fs';

export const BASE = 'https://api.truedy.ai/api/public/v1';
export const AGENT = '1f4baf16-1540-4d91-9696-7f34b2f2cb77';
export const NUMBER = '+14155550123';

export const fixture = (name) => JSON.parse(readFileSync(new URL(`../fixtures/truedy/${name}.json`, import.meta.url), 'utf8'));

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

export const dial = (sandbox, fields, headers) => post(sandbox, '/calls', { agent_id: AGENT, phone_number: NUMBER, ...fields }, headers);

/** Where a value departs from a JSON schema of the page (type, required, properties, items, pattern, date-time). */
export function departures(schema, value, path = '$') {
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
