import { call, codeOf, comment, Elided, json, keyword, literal, name } from './syntax.js';

const PHRASES = {
  200: 'OK', 201: 'Created', 400: 'Bad Request', 401: 'Unauthorized', 402: 'Payment Required', 403: 'Forbidden',
  404: 'Not Found', 405: 'Method Not Allowed', 409: 'Conflict', 422: 'Unprocessable Content', 429: 'Too Many Requests',
  502: 'Bad Gateway',
};

/**
 * What one operation looks like from your code to the platform and back, in the four panes of `element`; `config()` gives what
 * the client is made of, as code.
 */
export function createWire(element, config) {
  const pane = (part) => element.querySelector(`[data-part="${part}"]`);
  const [code, request, answer, result] = ['code', 'request', 'answer', 'result'].map(pane);
  const tag = pane('status');

  function note(target, message) {
    target.replaceChildren(comment(message));
  }

  return {
    showCode(operation, variable, input) {
      code.replaceChildren(codeOf(
        keyword('const'), ` client = `, call('createClient'), '(', ...config(), ');\n\n',
        keyword('const'), ` ${variable} = `, keyword('await'), ' ', call(operation), '(client, ', literal(input), ');',
      ));
    },

    /** Before each operation: nothing of an earlier one may be taken for its answer. */
    clear() {
      note(request, 'Nothing was sent.');
      note(answer, 'There is no answer.');
      note(result, 'Waiting …');
      tag.hidden = true;
    },

    showRequest({ method, url, headers, body }) {
      const lines = headers.flatMap(([header, value]) => [name(header), `: ${value}\n`]);
      request.replaceChildren(codeOf(call(method), ` ${url}\n`, ...lines, '\n', pretty(body)));
    },

    showAnswer({ status, body }) {
      tag.hidden = false;
      tag.dataset.kind = status < 300 ? 'good' : 'bad';
      tag.textContent = `${status} ${PHRASES[status] ?? ''}`;
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

function pretty(body) {
  try {
    return json(JSON.parse(body));
  } catch {
    return body;
  }
}
