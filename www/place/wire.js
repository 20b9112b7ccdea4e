import { call, codeOf, comment, Elided, json, keyword, literal, name } from '../syntax.js';

const PHRASES = {
  200: 'OK', 201: 'Created', 400: 'Bad Request', 401: 'Unauthorized', 402: 'Payment Required', 403: 'Forbidden',
  404: 'Not Found', 405: 'Method Not Allowed', 409: 'Conflict', 422: 'Unprocessable Content', 429: 'Too Many Requests',
  502: 'Bad Gateway',
};

/**
 * What one operation looks like from your code to the platform and back, in the four panes of `element`; `config(provider)`
 * gives what the client is made of, as code.
 */
export function createWire(element, config) {
  const pane = (part) => element.querySelector(`[data-part="${part}"]`);
  const [code, request, answer, result] = ['code', 'request', 'answer', 'result'].map(pane);
  const [status, sent] = [pane('status'), pane('sent')];
  let requests = 0;

  const note = (target, message) => target.replaceChildren(comment(message));

  function tag(target, kind, text) {
    target.hidden = text === undefined;
    target.dataset.kind = kind;
    target.textContent = text ?? '';
  }

  function clear() {
    requests = 0;
    note(request, 'Nothing was sent.');
    note(answer, 'There is no answer.');
    note(result, 'Waiting …');
    tag(status);
    tag(sent);
  }

  return {
    /** Before each operation: nothing of an earlier one may be taken for its answer. */
    clear,

    showCode(operation, variable, input, provider) {
      code.replaceChildren(codeOf(
        keyword('const'), ' client = ', call('createClient'), '(', ...config(provider), ');\n\n',
        keyword('const'), ` ${variable} = `, keyword('await'), ' ', call(operation), '(client, ', literal(input), ');',
      ));
    },

    /** The requests that would be sent. */
    rehearse(described) {
      clear();
      note(answer, 'What the platform says.');
      note(result, 'A Contact or a Call, or an OutdialError.');
      if (described.length === 0) return note(request, 'Nothing would be sent: the input has problems. Press the button to see them.');
      tag(sent, 'plain', 'as it would be sent');
      return request.replaceChildren(...described.flatMap((one, index) => [index > 0 ? '\n\n' : '', written(one)]));
    },

    addRequest(described) {
      if (requests > 0) request.append('\n\n', written(described));
      else request.replaceChildren(written(described));
      requests += 1;
      tag(sent, 'good', requests > 1 ? `sent, ${requests} requests` : 'sent');
    },

    showAnswer({ status: code, body }) {
      tag(status, code < 300 ? 'good' : 'bad', `${code} ${PHRASES[code] ?? ''}`.trim());
      answer.replaceChildren(pretty(body));
    },

    showResult({ raw, ...rest }) {
      result.replaceChildren(literal({ ...rest, raw: raw && new Elided('the answer as it came') }));
    },

    showError(error) {
      result.replaceChildren(codeOf(call(error.name), ' ', literal({ code: error.code, message: error.message, ...error })));
    },
  };
}

function written({ method, url, headers, body }) {
  return codeOf(call(method), ` ${url}\n`, ...headers.flatMap(([header, value]) => [name(header), `: ${value}\n`]), '\n', pretty(body));
}

function pretty(body) {
  try {
    return json(JSON.parse(body));
  } catch {
    return body;
  }
}
