import { OutdialError } from '../error.js';

/** What the relay itself refuses: its `status` is that of the HTTP answer. `rest`: further members of the error. */
export function refusal(status, code, message, rest) {
  return new OutdialError({ code, message, provider: 'relay', status, attempts: 0, ...rest });
}

export function badMessage(path, code, message, status = 400) {
  return refusal(status, 'invalid_input', path ? `${path} ${message}` : message, { issues: [{ path, code, message }] });
}

/**
 * Whether an error is the relay's own, whose words and details are written in this package. An answer that a fetch of the
 * caller's followed to another host has no status, and words of that host.
 */
export function isOwn({ provider, status, code }) {
  return provider === 'relay' || (status === undefined && code !== 'bad_response');
}
