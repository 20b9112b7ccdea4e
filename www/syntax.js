import { el } from './dom.js';

const IDENTIFIER = /^[A-Za-z_$][\w$]*$/;
const INDENT = '  ';

const token = (kind) => (text) => el('span', { className: `token-${kind}` }, text);
export const call = token('call');
export const comment = token('comment');
export const keyword = token('keyword');
export const name = token('name');
export const text = token('text');

/** A value that is named, not shown. */
export class Elided {
  constructor(reason) {
    this.reason = reason;
  }
}

const quoted = (value) => `'${JSON.stringify(value).slice(1, -1).replaceAll('\\"', '"').replaceAll('\'', '\\\'')}'`;

const JSON_STYLE = { name: JSON.stringify, text: JSON.stringify, lastComma: '' };
const CODE_STYLE = { name: (key) => (IDENTIFIER.test(key) ? key : quoted(key)), text: quoted, lastComma: ',' };

/** A value as indented JSON. */
export const json = (value) => codeOf(...write(value, JSON_STYLE, ''));

/** A value as a literal of JavaScript. */
export const literal = (value) => codeOf(...write(value, CODE_STYLE, ''));

export function codeOf(...parts) {
  const fragment = document.createDocumentFragment();
  fragment.append(...parts);
  return fragment;
}

function write(value, style, indent) {
  if (typeof value === 'string') return [text(style.text(value))];
  if (value instanceof Elided) return ['{ ', comment(`/* ${value.reason} */`), ' }'];
  if (Array.isArray(value)) return writeMembers(value.map((item) => [[], item]), '[]', style, indent);
  if (typeof value === 'object' && value !== null) {
    const members = Object.entries(value).filter(([, item]) => item !== undefined);
    return writeMembers(members.map(([key, item]) => [[name(style.name(key)), ': '], item]), '{}', style, indent);
  }
  return [keyword(String(value))];
}

function writeMembers(members, [open, close], style, indent) {
  if (members.length === 0) return [open + close];
  const inner = indent + INDENT;
  const lines = members.flatMap(([key, item], index) => {
    const comma = index < members.length - 1 ? ',' : style.lastComma;
    return [`\n${inner}`, ...key, ...write(item, style, inner), comma];
  });
  return [open, ...lines, `\n${indent}`, close];
}
