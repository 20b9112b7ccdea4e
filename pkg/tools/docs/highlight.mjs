export const escaped = (text) => text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);

const KEYWORDS = new Set(
  ('abstract as async await break case catch class const continue declare default delete do else export extends false finally for from function if import in '
    + 'instanceof interface keyof let new null of readonly return satisfies static super switch this throw true try type typeof undefined unique var void while yield')
    .split(' '),
);

// What a reader of code looks for; JSX and templates of frameworks are near enough to JavaScript for it.
const SCRIPT = /(?<comment>\/\/.*|\/\*[^]*?\*\/|<!--[^]*?-->)|(?<text>'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"|`(?:[^`\\]|\\.)*`)|(?<word>[A-Za-z_$][\w$]*)|(?<number>\b\d[\d_.]*\b)/g;
const SHELL = /(?<comment>(?<=^|\s)#.*)|(?<text>'[^']*'|"[^"]*")/gm;

/** Code as HTML. `hrefOf(word)` gives where a name is explained, if it is. */
export function highlighted(code, language = 'ts', hrefOf = () => undefined) {
  const pattern = language === 'sh' ? SHELL : language === 'text' ? undefined : SCRIPT;
  if (!pattern) return escaped(code);
  let html = '';
  let at = 0;
  for (const { index, 0: whole, groups } of code.matchAll(pattern)) {
    html += escaped(code.slice(at, index));
    at = index + whole.length;
    html += token(whole, groups, isMeant(whole, code.slice(at, at + 2)) ? hrefOf : () => undefined);
  }
  return html + escaped(code.slice(at));
}

// What stands before a colon is a member's own name, and a word without a capital may be anything unless it is called.
const isMeant = (word, behind) => !/^\??:/.test(behind) && (/[A-Z]/.test(word) || behind.startsWith('('));

function token(whole, { comment, text, word, number }, hrefOf) {
  const html = escaped(whole);
  if (comment !== undefined) return `<i>${html}</i>`;
  if (text !== undefined) return `<span class="text">${html}</span>`;
  if (number !== undefined) return `<span class="number">${html}</span>`;
  if (KEYWORDS.has(word)) return `<b>${html}</b>`;
  const href = hrefOf(word);
  return href ? `<a href="${href}">${html}</a>` : html;
}
