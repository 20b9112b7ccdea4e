/**
 * What a fetch answered, read to its end in one step. A mock or a proxy can throw wherever it is touched; nothing of that
 * escapes, `problem` says it.
 */
class Answer {
  status = undefined;
  requestId = undefined;
  location = undefined;
  retryAfter = undefined;
  /** Whether the body is JSON; then `document` is what it says. */
  isJson = false;
  document = undefined;
  /** undefined, 'no_response', 'unreadable' (its text cannot be asked for) or 'broken' (its text never came). */
  problem = undefined;
  /** What was thrown beneath the problem. */
  thrown = undefined;

  fail(problem, thrown) {
    this.problem = problem;
    this.thrown = thrown;
    return this;
  }
}

/** Rejects as `attempt.race` does where no answer comes. */
export async function readAnswer(attempt, promise) {
  const response = await attempt.race(promise);
  const answer = new Answer();
  answer.status = statusOf(response);
  const text = member(response, 'text');
  if (answer.status === undefined || typeof text !== 'function') return answer.fail('no_response');
  let coming;
  try {
    coming = text.call(response);
  } catch (thrown) {
    return answer.fail('unreadable', thrown);
  }
  const headers = member(response, 'headers');
  answer.requestId = header(headers, 'x-request-id');
  answer.location = header(headers, 'location');
  answer.retryAfter = header(headers, 'retry-after');
  try {
    parse(answer, await attempt.race(coming));
  } catch (thrown) {
    return answer.fail('broken', thrown);
  }
  return answer;
}

function parse(answer, text) {
  try {
    answer.document = JSON.parse(text);
    answer.isJson = true;
  } catch {
    // Not JSON: the platform's mapping says what that means.
  }
}

/** A page gets 0 where a redirect was not followed. */
function statusOf(response) {
  const status = member(response, 'status');
  if (Number.isInteger(status) && status >= 100 && status < 600) return status;
  return status === 0 && member(response, 'type') === 'opaqueredirect' ? 0 : undefined;
}

function header(headers, name) {
  try {
    const text = headers.get(name);
    return typeof text === 'string' ? text : undefined;
  } catch {
    return undefined;
  }
}

function member(value, name) {
  try {
    return value[name];
  } catch {
    return undefined;
  }
}
