import { isoTime } from '../time.js';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

const micros = (ms) => `${isoTime(ms).slice(0, -1)}000Z`;
const seconds = (ms) => isoTime(ms).replace(/\.\d+Z/, 'Z');
const orNull = (ms, time) => (ms === null ? null : time(ms));

const durationSeconds = (call) =>
  call.startedAt === null || call.endedAt === null ? null : Math.round((call.endedAt - call.startedAt) / 1000);

const minutesBilled = (call) => {
  const length = durationSeconds(call);
  return length === null ? null : Math.ceil(length / 60);
};

const recordingUrl = (call) => (call.recorded ? `https://recordings.truedy.example/${call.id}.mp3` : null);

const summary = (call) =>
  call.transcribed ? `The agent spoke with ${call.phoneNumber} for ${durationSeconds(call)} seconds.` : null;

/**
 * The vendor documents its answers twice, and the two do not agree.
 * `narrative`: the calls page, and the schemas of the contact page. Bare UUIDs, six digits of a second.
 * `openapi`: the response example of the contact page, and the calls of the OpenAPI pages. Prefixed ids, other names.
 */
const narrative = {
  contactId: (random) => random.uuid(),
  callId: (random) => random.uuid(),
  requestId: (random) => `req_${random.hex(8)}-${random.hex(1)}`,
  agentId: UUID,
  idInBulk: UUID,
  time: micros,
  errorsHaveMeta: true,
  // The calls page: 422 is `validation_error`, for a missing agent_id as for a number that is not assigned.
  callsUseDetail: false,
  statuses: {},

  contact: (contact) => ({
    id: contact.id,
    phone_number: contact.phone_number,
    first_name: contact.first_name ?? null,
    last_name: contact.last_name ?? null,
    email: contact.email ?? null,
    custom_fields: contact.custom_fields ?? null,
    ...contact.other,
    created_at: micros(contact.createdAt),
    updated_at: micros(contact.updatedAt),
  }),

  call: (call) => ({
    id: call.id,
    agent_id: call.agentId,
    phone_number: call.phoneNumber,
    from_number: call.fromNumber,
    direction: call.direction,
    status: call.status,
    started_at: orNull(call.startedAt, micros),
    ended_at: orNull(call.endedAt, micros),
    duration_seconds: durationSeconds(call),
    cost_usd: minutesBilled(call) && minutesBilled(call) * 0.125,
    summary: summary(call),
    recording_url: recordingUrl(call),
    context: { ...call.context, ...(call.lastError && { last_error: call.lastError }) },
    created_at: micros(call.createdAt),
    updated_at: micros(call.updatedAt),
  }),
};

const callSummary = (calls) => ({
  call_count: calls.length,
  last_called_at: calls.length > 0 ? seconds(calls.at(-1).createdAt) : null,
});

const openapi = {
  contactId: (random) => `cnt_${random.hex(8)}`,
  callId: (random) => `call_${random.hex(8)}`,
  requestId: (random) => `req_${random.hex(8)}`,
  agentId: new RegExp(`^agt_[\\w-]+$|${UUID.source}`, 'i'),
  idInBulk: /./,
  time: seconds,
  errorsHaveMeta: false,
  callsUseDetail: true,
  statuses: { in_progress: 'in-progress', completed: 'ended' },

  contact: (contact, callsTo) => ({
    id: contact.id,
    name: [contact.first_name, contact.last_name].filter(Boolean).join(' ') || null,
    phone: contact.phone_number,
    email: contact.email ?? null,
    folder_id: contact.other.folder_id ?? null,
    custom_fields: contact.custom_fields ?? null,
    ...callSummary(callsTo()),
    created_at: seconds(contact.createdAt),
    updated_at: seconds(contact.updatedAt),
  }),

  call: (call) => ({
    id: call.id,
    agent_id: call.agentId,
    to: call.phoneNumber,
    from: call.fromNumber,
    direction: call.direction,
    status: openapi.statuses[call.status] ?? call.status,
    started_at: orNull(call.startedAt, seconds),
    ended_at: orNull(call.endedAt, seconds),
    duration_seconds: durationSeconds(call),
    cost_credits: minutesBilled(call),
    summary: summary(call),
    recording_url: recordingUrl(call),
    transcript_url: call.transcribed ? `https://api.truedy.ai/api/public/v1/calls/${call.id}/transcript` : null,
    metadata: call.context,
    // The calls page alone says where the reason stands, so it stands there.
    ...(call.lastError && { context: { last_error: call.lastError } }),
    created_at: seconds(call.createdAt),
    updated_at: seconds(call.updatedAt),
  }),
};

export const GENERATIONS = { narrative, openapi };

export function transcriptOf(call) {
  const turns = [
    { role: 'agent', text: call.settings.greeting ?? 'Hello, do you have a minute?' },
    { role: 'user', text: 'Yes, go on.' },
    { role: 'agent', text: 'Thank you. Goodbye.' },
  ];
  return { transcript: turns, summary: summary(call) };
}

export { recordingUrl };
