import { isActive, timetable } from './lifecycle.js';
import { isoTime } from './time.js';

export const DEFAULT_SETTINGS = { recording_enabled: true, transcription_enabled: true };

/** A call of any vendor; `fields` are what it adds to, or changes of, one that was created now. */
export function addCall(store, fields) {
  const now = store.now();
  return store.addCall({
    direction: 'outbound',
    settings: { ...DEFAULT_SETTINGS },
    lastError: null,
    createdAt: now,
    updatedAt: now,
    startedAt: null,
    endedAt: isActive(fields) ? null : now,
    recorded: false,
    transcribed: false,
    ahead: [],
    ...fields,
  });
}

/** Hands a call to the telephone network. `fate` is what becomes of it (magic.js). */
export function placeCall(store, fate, fields, limits) {
  if (fate.outcome !== 'failed') store.countRing(fields.phoneNumber);
  return addCall(store, {
    status: fate.atOnce ? 'failed' : 'queued',
    lastError: fate.atOnce ?? null,
    ahead: fate.atOnce ? [] : timetable(fate.outcome, store.now(), limits),
    ...fields,
  });
}

const time = (ms) => (ms === null ? null : isoTime(ms));

/** What every call shows in `sandbox.calls`, besides what is its vendor's own. */
export const describeProgress = (call) => ({
  phone_number: call.phoneNumber,
  direction: call.direction,
  status: call.status,
  last_error: call.lastError,
  started_at: time(call.startedAt),
  ended_at: time(call.endedAt),
  created_at: time(call.createdAt),
  updated_at: time(call.updatedAt),
});
