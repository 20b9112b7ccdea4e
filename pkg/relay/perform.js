import { createCall } from '../calls.js';
import { runPacked } from '../client.js';
import { OutdialError, isOutdialError } from '../error.js';
import { metadataVersion } from '../dist/metadata.js';
import { pack } from '../pack.js';
import { checkPolicy } from '../policy.js';
import { badMessage, refusal } from './refusal.js';
import { within } from './within.js';

/** Of a page's time, what the way back may take. */
const WAY_BACK = 0.1;

/** Does what a message asks for, by the relay's own policy first and then by the client's. */
export async function perform(settings, { operation, input, options }, startedMs) {
  try {
    refuseExtra(settings, input);
    if (operation === 'createCall') await permit(settings, input);
    const { idempotencyKey, timeoutMs = Infinity } = options;
    const leftMs = timeoutMs * (1 - WAY_BACK) - (performance.now() - startedMs);
    const totalTimeoutMs = Math.floor(Math.min(settings.timeoutMs, leftMs));
    if (totalTimeoutMs < 1) throw refusal(504, 'timeout', 'The time was up before anything was begun', { repeat: 'undone' });
    const value = await run(settings, operation, input, { totalTimeoutMs, ...(idempotencyKey !== undefined && { idempotencyKey }) });
    return settings.raw ? value : withoutRaw(value);
  } catch (error) {
    throw completed(error, settings, operation, options.idempotencyKey);
  }
}

function run({ client, handle }, operation, input, options) {
  // The package's own createCall knows the calls that are on their way under the same key.
  return operation === 'createCall' ? createCall(client, input, options) : runPacked(operation, handle, pack(input), options);
}

/** The platform may read more into `extra` than the policy can see. */
function refuseExtra({ extra }, input) {
  if (extra || (input.extra ?? undefined) === undefined) return;
  throw badMessage('extra', 'unsupported_field', 'is closed on this relay', 422);
}

async function permit({ handle, policy, hookTimeoutMs }, input) {
  const issues = handle.validate('createCall', pack(input));
  if (issues.length > 0) {
    const message = `Nothing was sent: ${issues.map(({ path, message: why }) => `${path}: ${why}`).join('; ')}`;
    throw new OutdialError({ code: 'invalid_input', message, issues, attempts: 0 });
  }
  const decision = await decide(policy, input, hookTimeoutMs);
  if (decision.allowed) return;
  const message = decision.reason ?? `The policy refuses this call by its rule ${decision.rule}`;
  throw new OutdialError({ code: 'not_allowed', message, details: decision, attempts: 0 });
}

async function decide(policy, input, timeoutMs) {
  if ((input.contactId ?? undefined) !== undefined) {
    return policy.contactIds === true ? { allowed: true } : { allowed: false, rule: 'contactIds', type: 'unknown', metadataVersion };
  }
  // The number is read without the client's own region, so that what is judged and what is dialled cannot differ.
  const judge = () => checkPolicy(policy, input.phoneNumber).catch(unreadable);
  const decision = await within(timeoutMs, judge, () => ({ allowed: false, rule: 'beforeCall' }));
  if (decision instanceof OutdialError) throw decision;
  return decision;
}

function unreadable(error) {
  if (isOutdialError(error) && error.code === 'invalid_input') return error;
  throw error;
}

/** An error with what every error of an operation says. */
function completed(error, { client, handle }, operation, idempotencyKey) {
  if (!isOutdialError(error)) return error;
  const keyed = operation === 'createCall' && error.code === 'outcome_unknown' && handle.honoursKeys;
  error.provider ??= client.provider;
  error.operation ??= operation;
  if (idempotencyKey !== undefined) error.idempotencyKey ??= idempotencyKey;
  if (keyed) error.repeat = 'under_key';
  return error;
}

function withoutRaw({ raw: _, ...value }) {
  return Array.isArray(value.items) ? { ...value, items: value.items.map(withoutRaw) } : value;
}
