import { Attempt } from './attempt.js';
import { OutdialError } from './error.js';
import { readQuietHours } from './quiet-hours.js';

const DEFAULT_TIMEOUT_MS = 30_000;

/**
 * Splits a policy into its `data`, which the module judges, and what takes a clock or the caller: `permit(phone)`, if there
 * is any such rule, gives undefined for a number that may be called and else `{ rule, reason, nextAllowedAt? }`. Where the
 * caller's rule throws or rejects so does `permit`, and that refuses. `issues` are those of what is not in the data.
 */
export function splitPolicy(policy) {
  if (typeof policy !== 'object' || policy === null) return { data: policy, issues: [] };
  const issues = [];
  const [quietHours, beforeCall, contactIds] = ['quietHours', 'beforeCall', 'contactIds'].map((name) => read(policy, name, issues));
  if (quietHours === undefined && beforeCall === undefined && issues.length === 0) {
    const named = Object.fromEntries(['quietHours', 'beforeCall'].filter((name) => holds(policy, name)).map((name) => [name, undefined]));
    return { data: Object.keys(named).length > 0 ? withMembers(policy, named) : policy, issues };
  }
  const quiet = quietHours === undefined ? undefined : readQuietHours(quietHours);
  if (quiet) issues.push(...quiet.issues);
  if (beforeCall !== undefined && typeof beforeCall !== 'function') issues.push(issue('policy.beforeCall', 'must be a function'));
  // These rules can no more judge a contact whose number is not known than those of the module.
  const data = withMembers(policy, { quietHours: undefined, beforeCall: undefined, contactIds: contactIds ?? false });
  return { data, issues, permit: async (phone) => (await quiet?.refusal(phone)) ?? (beforeCall && ask(beforeCall, phone)) };
}

// As everywhere, null is as good as nothing.
function read(policy, name, issues) {
  try {
    return policy[name] ?? undefined;
  } catch {
    issues.push(issue(`policy.${name}`, 'cannot be read: it throws'));
    return undefined;
  }
}

function holds(policy, name) {
  try {
    return name in policy;
  } catch {
    return false;
  }
}

function issue(path, message) {
  return { path, code: 'invalid_type', message };
}

/** A copy with some members replaced, whose other members are not read: what reading one does is the module's to say. */
export function withMembers(object, members) {
  try {
    const replaced = Object.getOwnPropertyDescriptors({ ...members });
    return Object.create(Object.getPrototypeOf(object), { ...Object.getOwnPropertyDescriptors(object), ...replaced });
  } catch {
    // What cannot be copied stays as it is, and the module refuses it by name.
    return object;
  }
}

async function ask(beforeCall, phone) {
  const answer = await beforeCall(phone);
  if (answer?.allow === true) return undefined;
  const reason = typeof answer?.reason === 'string' ? answer.reason : "The caller's own rules refuse this number";
  return { rule: 'beforeCall', reason };
}

/** What `permit` says of a number, and a refusal if it says nothing in time. */
export async function permitted(permit, phone) {
  const attempt = new Attempt(DEFAULT_TIMEOUT_MS);
  try {
    return await attempt.race(permit(phone));
  } catch {
    return { rule: 'beforeCall', reason: "The caller's own rules gave no answer" };
  } finally {
    attempt.close();
  }
}

/** What the module reads with `read`; or, if it or the policy's other rules have `issues`, all of them in one error. */
export function readWith(issues, read) {
  if (issues.length === 0) return read();
  let all = issues;
  try {
    read();
  } catch (error) {
    all = [...(error.issues ?? []), ...issues];
  }
  const said = all.map(({ path, message }) => (path ? `${path}: ${message}` : message)).join('; ');
  throw new OutdialError({ code: 'invalid_input', message: `Nothing was sent: ${said}`, issues: all, attempts: 0 });
}
