import { isActive } from '../lifecycle.js';
import { Refusal } from '../refusal.js';
import { anyObject, array, choice, flag, integer, nullable, object, text } from '../schema.js';
import { pause } from '../store.js';
import { phoneNumber } from './contacts.js';
import { createDialler } from './dial.js';
import { recordingUrl, transcriptOf } from './documents.js';
import { notFound, ruleBroken } from './refusal.js';

const STATUSES = ['queued', 'ringing', 'in_progress', 'completed', 'failed', 'no_answer', 'busy', 'voicemail'];
const DURATION = text({ pattern: /^[1-9]\d*s$/ });

function schemas(documents) {
  const agentId = text({ pattern: documents.agentId });
  return {
    newCall: object(
      {
        agent_id: agentId,
        phone_number: phoneNumber,
        from_number: nullable(phoneNumber),
        variables: anyObject,
        call_settings: object({
          recording_enabled: flag,
          transcription_enabled: flag,
          greeting: text(),
          max_duration: DURATION,
          join_timeout: DURATION,
        }),
      },
      { required: ['agent_id', 'phone_number'] },
    ),
    // "Only context and call_settings can be updated", and of the settings only two.
    update: object(
      {
        context: anyObject,
        call_settings: object({ recording_enabled: flag, transcription_enabled: flag }, { closed: true }),
      },
      { closed: true },
    ),
    bulkDelete: object({ ids: array(text({ pattern: documents.idInBulk })) }, { required: ['ids'], closed: true }),
    list: object({
      status: choice(STATUSES.map((status) => documents.statuses[status] ?? status)),
      direction: choice(['inbound', 'outbound']),
      agent_id: agentId,
      limit: integer({ least: 1, most: 100 }),
      offset: integer({ least: 0, most: Number.MAX_SAFE_INTEGER }),
    }),
  };
}

export function callOperations(context) {
  const schema = schemas(context.documents);
  return { ...placing(context, schema), ...reading(context, schema), ...changing(context, schema) };
}

function find(store, id) {
  const call = store.callOf('truedy', id);
  if (!call) throw notFound('call', id);
  return call;
}

function placing({ store, documents, settings, keys, readBody, answer }, schema) {
  const dial = createDialler(store, documents, settings);

  async function createCall(message) {
    const key = message.headers['x-idempotency-key'];
    if (key === '') throw new Refusal(400, 'bad_request', 'X-Idempotency-Key is empty');
    if (key !== undefined) {
      const first = keys.find(message.caller, message);
      message.entry.replayed = first !== undefined;
      if (first) return first;
    }
    const body = readBody(message, schema.newCall, documents.callsUseDetail);
    if (!settings.strictKeys) await pause(store.latencyMs);
    const created = answer(201, documents.call(dial(body)));
    if (key !== undefined) keys.keep(message.caller, message, created);
    return created;
  }

  return { createCall };
}

function reading({ store, documents, readQuery, answer }, schema) {
  function listCalls(message) {
    const query = readQuery(message, schema.list, documents.callsUseDetail);
    const limit = Number(query.limit ?? 50);
    const offset = Number(query.offset ?? 0);
    const found = store
      .callsOf('truedy')
      .map(documents.call)
      .filter((call) => ['status', 'direction', 'agent_id'].every((name) => query[name] === undefined || call[name] === query[name]))
      .reverse();
    const pagination = { total: found.length, limit, offset, has_more: offset + limit < found.length };
    return answer(200, found.slice(offset, offset + limit), { pagination });
  }

  function getRecording(message) {
    const url = recordingUrl(find(store, message.id));
    if (url === null) throw notFound('recording', message.id);
    return answer(200, { recording_url: url });
  }

  function getTranscript(message) {
    const call = find(store, message.id);
    if (!call.transcribed) throw notFound('transcript', message.id);
    return answer(200, transcriptOf(call));
  }

  const getCall = (message) => answer(200, documents.call(find(store, message.id)));

  return { listCalls, getCall, getRecording, getTranscript };
}

function changing({ store, documents, readBody, answer }, schema) {
  function updateCall(message) {
    const body = readBody(message, schema.update, documents.callsUseDetail);
    const call = find(store, message.id);
    if (body.context === undefined && body.call_settings === undefined) throw ruleBroken('Give context, call_settings or both');
    if (body.context !== undefined) call.context = body.context;
    Object.assign(call.settings, body.call_settings);
    call.updatedAt = store.now();
    return answer(200, documents.call(call));
  }

  function deleteCall(message) {
    const call = find(store, message.id);
    if (isActive(call)) throw ruleBroken(`Cannot delete an active call (status ${documents.statuses[call.status] ?? call.status})`);
    store.deleteCall(call);
    return answer(200, { id: call.id });
  }

  function deleteCalls(message) {
    const { ids } = readBody(message, schema.bulkDelete, documents.callsUseDetail);
    const deleted = [];
    const kept = [];
    for (const id of new Set(ids)) {
      const call = store.callOf('truedy', id);
      const ended = call !== undefined && !isActive(call);
      if (ended) store.deleteCall(call);
      (ended ? deleted : kept).push(id);
    }
    return answer(200, { deleted_count: deleted.length, failed_count: kept.length, deleted_ids: deleted, failed_ids: kept });
  }

  return { updateCall, deleteCall, deleteCalls };
}
