import { isText, oneOf } from './options.js';

const MIB = 1024 * 1024;
const BODILESS = [204, 205, 304];
const HINTS = ['retry_after_seconds', 'retry_after_date', 'reset_at'];

const isStatus = (least) => (value) => Number.isInteger(value) && value >= least && value <= 599 && !BODILESS.includes(value);
const isMs = (value) => Number.isFinite(value) && value >= 0;

const status = (value, least) => ({ default: value, is: isStatus(least), expects: `a status of ${least} to 599 that has a body` });
const ms = (value) => ({ default: value, is: isMs, expects: 'a number of at least 0' });
const words = (value) => ({ default: value, is: isText, expects: 'a text' });

/** What a client gets: how much of the answer (`all`, `half`, `nothing`), and then its `end`, a `cut`, or `silence`. */
export const whole = (answer) => ({ answer, sent: 'all', then: 'end' });
const half = (answer, then) => ({ answer, sent: 'half', then });
const nothing = (then) => ({ sent: 'nothing', then });

const successOf = (answer) => (answer && answer.status < 300 ? answer.status : 200);

/** The status that was asked for, or the vendor's own of a success: a fault of the body must not be told by its status. */
const disguised = (answer, fault, text) => whole({ status: fault.status ?? successOf(answer), text });

/**
 * `processed`: whether the vendor does what was asked before things go wrong; `always` where it must have, `never` where it
 * cannot have. `members`: what else a fault of this kind may say. `deliver(answer, fault, tools)`: what the client gets; the
 * answer is undefined where nothing was processed.
 */
export const KINDS = {
  status: {
    processed: false,
    members: {
      status: status(500, 400),
      hint: { default: undefined, is: oneOf(...HINTS), expects: `one of ${HINTS.join(', ')}` },
      afterMs: ms(1000),
    },
    deliver: (_, fault, tools) => whole(failing(fault, tools)),
  },
  cut_before: { processed: 'never', members: {}, deliver: () => nothing('cut') },
  cut_during: { processed: 'always', members: {}, deliver: (answer) => half(answer, 'cut') },
  cut_after: { processed: 'always', members: {}, deliver: () => nothing('cut') },
  never: { processed: true, members: {}, deliver: () => nothing('silence') },
  stall: { processed: 'always', members: {}, deliver: (answer) => half(answer, 'silence') },
  slow: { processed: true, members: { ms: ms(1000) }, deliver: whole },
  garbage: {
    processed: true,
    members: { status: status(undefined, 200), text: words('\u0000\u0001{"data": not json \uFFFD]') },
    deliver: (answer, fault) => disguised(answer, fault, fault.text),
  },
  half_body: {
    processed: 'always',
    members: {},
    deliver: (answer) => whole({ ...answer, text: answer.text.slice(0, Math.floor(answer.text.length / 2)) }),
  },
  huge_body: {
    processed: 'always',
    members: {
      bytes: { default: 10 * MIB, is: (value) => Number.isSafeInteger(value) && value > 0, expects: 'a whole number above 0' },
    },
    deliver: (answer, fault) => whole({ ...answer, paddedTo: fault.bytes }),
  },
  html: {
    processed: false,
    members: { status: status(502, 200) },
    deliver: (_, fault) => whole({ status: fault.status, headers: { 'content-type': 'text/html; charset=utf-8' }, text: errorPage(fault.status) }),
  },
  wrong_content_type: {
    processed: 'always',
    members: { contentType: words('text/plain; charset=utf-8') },
    deliver: (answer, fault) => whole({ ...answer, headers: { ...answer.headers, 'content-type': fault.contentType } }),
  },
  wrong_shape: {
    processed: true,
    members: {
      status: status(undefined, 200),
      json: { default: { message: 'OK' }, is: (value) => JSON.stringify(value) !== undefined, expects: 'a JSON value' },
    },
    deliver: (answer, fault) => disguised(answer, fault, JSON.stringify(fault.json)),
  },
  redirect: {
    processed: false,
    members: {
      status: { default: 307, is: oneOf(301, 302, 303, 307, 308), expects: '301, 302, 303, 307 or 308' },
      location: words('https://elsewhere.example/collect'),
    },
    deliver: (_, fault) => whole({ status: fault.status, headers: { location: fault.location }, text: '' }),
  },
};

function failing({ status: code, hint, afterMs }, { failure, now }) {
  const at = now + afterMs;
  if (hint === 'reset_at') return { status: code, text: failure(code, at) };
  return { status: code, headers: waitHeaders(hint, { at, afterMs, now }), text: failure(code) };
}

// A date means something only beside the server's own, and has no parts of a second.
function waitHeaders(hint, { at, afterMs, now }) {
  if (hint === 'retry_after_seconds') return { 'retry-after': String(Math.ceil(afterMs / 1000)) };
  if (hint !== 'retry_after_date') return {};
  return { date: new Date(now).toUTCString(), 'retry-after': new Date(Math.ceil(at / 1000) * 1000).toUTCString() };
}

const errorPage = (code) => `<!DOCTYPE html>
<html><head><title>${code} Bad Gateway</title></head>
<body><center><h1>${code} Bad Gateway</h1></center><hr><center>proxy</center></body></html>
`;
