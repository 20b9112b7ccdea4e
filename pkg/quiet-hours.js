const PATH = 'policy.quietHours';
const FIELDS = ['start', 'end', 'zone'];
const TIME = /^(?:[01]\d|2[0-3]):[0-5]\d$/;

/**
 * Reads a policy's `quietHours`: its `issues` and `refusal(phone)`, which gives undefined for a number that may be called
 * now and else why not. The time zones and what is done with them are loaded when the first number is judged.
 */
export function readQuietHours(value) {
  const issues = [];
  const fields = fieldsOf(value, issues);
  if (fields) check(fields, issues);
  return { issues, refusal: (phone) => judge(fields, phone) };
}

function fieldsOf(value, issues) {
  try {
    if (typeof value === 'object' && !Array.isArray(value)) return { ...value };
    issues.push({ path: PATH, code: 'invalid_type', message: 'must be an object' });
  } catch {
    issues.push({ path: PATH, code: 'invalid_type', message: 'cannot be read: it throws' });
  }
  return undefined;
}

function check(fields, issues) {
  const add = (name, code, message) => issues.push({ path: `${PATH}.${name}`, code, message });
  const { start, end, zone } = fields;
  for (const [name, time] of Object.entries({ start, end })) {
    if (time === undefined || time === null) add(name, 'required', 'is missing');
    else if (typeof time !== 'string') add(name, 'invalid_type', 'must be a string');
    else if (!TIME.test(time)) add(name, 'invalid_format', 'must be a local time from 00:00 to 23:59, such as 08:00');
  }
  if (typeof start === 'string' && start === end && TIME.test(start)) add('end', 'out_of_range', 'must differ from start: it would be quiet at all hours');
  if (zone !== undefined && zone !== null && typeof zone !== 'string') add('zone', 'invalid_type', 'must be a string');
  else if (typeof zone === 'string' && !isZone(zone)) add('zone', 'invalid_format', 'must be a time zone that this runtime knows, such as Europe/Berlin');
  for (const name of Object.keys(fields)) {
    if (!FIELDS.includes(name)) add(name, 'unknown_field', `is not a field here; it takes ${FIELDS.join(', ')}`);
  }
}

function isZone(name) {
  // Some runtimes take an offset such as +05:30 too, which knows no summer time.
  if (!/^[A-Za-z]/.test(name)) return false;
  try {
    return Boolean(new Intl.DateTimeFormat('en-US', { timeZone: name }));
  } catch {
    return false;
  }
}

async function judge({ start, end, zone }, phone) {
  const refused = (reason, nextAllowedAt) => ({ rule: 'quietHours', reason, ...(nextAllowedAt && { nextAllowedAt }) });
  try {
    const { quietIn } = await import('./quiet-hours-spans.js');
    const zones = zone ? [zone] : (await import('./zones/index.js')).zonesOf(phone);
    if (zones.length === 0) return refused('No time zone of this number is known; quietHours.zone names one for all numbers');
    const quiet = quietIn({ start, end }, zones, Date.now());
    if (!quiet) return undefined;
    const never = quiet.nextAllowedAt ? '' : `; at no moment within 7 days is it open in all ${zones.length} time zones that the number may be in`;
    return refused(`It is quiet hours in ${quiet.zone}, ${start} to ${end}${never}`, quiet.nextAllowedAt);
  } catch (error) {
    return refused(`The local time of this number cannot be told here: ${error?.message}`);
  }
}
