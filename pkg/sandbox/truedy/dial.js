import { addCall, DEFAULT_SETTINGS, placeCall } from '../calls.js';
import { fateOf } from '../magic.js';
import { paymentRequired, REFUSED_NUMBERS } from './magic.js';
import { notFound, ruleBroken } from './refusal.js';

const ANY_AGENTS_NUMBER = '+14155550100';

const milliseconds = (duration) => (duration === undefined ? undefined : Number.parseInt(duration, 10) * 1000);

const newCall = (store, documents, fields) => ({
  provider: 'truedy',
  id: fields.id ?? store.freshId(store.calls, () => documents.callId(store.random)),
  variables: {},
  context: {},
  ...fields,
});

/** A call that exists without having been placed, in the names of the calls page. Nothing further happens to it. */
export function plantCall(store, documents, given) {
  const status = given.status ?? 'completed';
  const talked = status === 'completed' || status === 'voicemail';
  const call = newCall(store, documents, {
    ...(given.id && { id: given.id }),
    agentId: given.agent_id ?? store.random.uuid(),
    phoneNumber: given.phone_number ?? '+14155550123',
    fromNumber: given.from_number ?? null,
    direction: given.direction ?? 'outbound',
    status,
    context: given.context ?? {},
    startedAt: talked || status === 'in_progress' ? store.now() : null,
    recorded: talked,
    transcribed: status === 'completed',
  });
  return addCall(store, call);
}

/** Places a call that the schema lets through, or refuses it by the rules of the calls page. */
export function createDialler(store, documents, { agents, account }) {
  return function dial(body) {
    const fromNumber = callerNumber(agents, body);
    if (account !== 'active') throw paymentRequired(account);
    const fate = fateOf(body.phone_number, REFUSED_NUMBERS);
    if (fate.refusal) throw fate.refusal();

    const settings = { ...DEFAULT_SETTINGS, ...body.call_settings };
    const limits = { joinMs: milliseconds(settings.join_timeout), maxMs: milliseconds(settings.max_duration) };
    const call = newCall(store, documents, {
      agentId: body.agent_id,
      phoneNumber: body.phone_number,
      fromNumber,
      variables: asStrings(body.variables ?? {}),
      settings,
    });
    return placeCall(store, fate, call, limits);
  };
}

function callerNumber(agents, { agent_id: id, from_number: asked }) {
  if (!agents) return asked ?? ANY_AGENTS_NUMBER;
  if (!Object.hasOwn(agents, id)) throw notFound('agent', id);
  const assigned = agents[id].numbers ?? [];
  const number = asked ?? assigned[0];
  if (number === undefined) throw ruleBroken('No outbound number is assigned to the agent; assign one or provide from_number');
  // The page lets from_number stand in for an agent that has no number, and wants it to be the agent's where it has some.
  if (assigned.length > 0 && !assigned.includes(number)) {
    throw ruleBroken(`from_number is not assigned to this agent for outbound (assigned: ${assigned.join(', ')})`);
  }
  return number;
}

// "All values are treated as strings."
const asStrings = (variables) =>
  Object.fromEntries(Object.entries(variables).map(([name, value]) => [name, typeof value === 'string' ? value : JSON.stringify(value)]));
