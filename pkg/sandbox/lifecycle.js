const QUEUED_MS = 1_000;
const ANSWERED_AFTER_MS = 4_000;
const BUSY_AFTER_MS = 1_000;
const TALK_MS = 60_000;
const VOICEMAIL_MS = 12_000;
const JOIN_TIMEOUT_MS = 30_000;

const ACTIVE = new Set(['queued', 'ringing', 'in_progress']);

export const isActive = (call) => ACTIVE.has(call.status);

/**
 * What will happen to a call placed at `start`, as `{ at, status }` in order of time.
 * `outcome` is the status that it ends in; a phone that is not answered within `joinMs` ends in no_answer.
 */
export function timetable(outcome, start, { joinMs = JOIN_TIMEOUT_MS, maxMs = Infinity } = {}) {
  const rings = start + QUEUED_MS;
  if (outcome === 'failed') return [{ at: rings, status: 'failed' }];

  const ringing = { at: rings, status: 'ringing' };
  if (outcome === 'busy') return [ringing, { at: rings + BUSY_AFTER_MS, status: 'busy' }];
  if (outcome === 'no_answer' || joinMs < ANSWERED_AFTER_MS) return [ringing, { at: rings + joinMs, status: 'no_answer' }];

  const answered = rings + ANSWERED_AFTER_MS;
  const talk = Math.min(outcome === 'voicemail' ? VOICEMAIL_MS : TALK_MS, maxMs);
  return [ringing, { at: answered, status: 'in_progress' }, { at: answered + talk, status: outcome }];
}

/** Brings a call to what it is at `now`. */
export function settle(call, now) {
  while (call.ahead.length > 0 && call.ahead[0].at <= now) {
    const { at, status } = call.ahead.shift();
    call.status = status;
    call.updatedAt = at;
    if (status === 'in_progress') call.startedAt = at;
    if (!isActive(call)) end(call, at);
  }
}

// What was recorded is decided when the call ends: settings that are changed later bring nothing back.
function end(call, at) {
  call.endedAt = at;
  if (call.status === 'failed') call.lastError ??= 'SIP 404: the number is not in service';
  call.recorded = call.startedAt !== null && call.settings.recording_enabled;
  call.transcribed = call.status === 'completed' && call.settings.transcription_enabled;
}
