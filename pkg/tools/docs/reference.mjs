import { isValue } from './declarations.mjs';
import { escaped, highlighted } from './highlight.mjs';
import { anchor, block, codeBlock, inline } from './markdown.mjs';

/** The order of a page, and what its parts are called: the files of the types by their nouns. */
const NOUNS = {
  init: 'Loading',
  phone: 'Phone numbers',
  client: 'Clients',
  contact: 'Contacts',
  call: 'Calls',
  records: 'Records of calls',
  bulk: 'Many at a time',
  policy: 'Who may be called',
  error: 'Errors',
  event: 'Events',
  json: 'JSON',
  fields: 'Helpers of the types',
};

/** What stands at the head of each entry's page. */
const ABOUT = {
  outdial: 'The whole package: phone numbers, contacts and calls.',
  'outdial/inline': 'As `outdial/inline` it is the same with the module inlined: a page has nothing to load, and loads more code.',
  'outdial/phone': 'The phone part alone, with a smaller module of its own, for forms that never place a call. The same functions and types as in `outdial`.',
  'outdial/relay': 'A function that holds the secret, for pages that hold none.',
  'outdial/queue': 'Jobs of a queue that delivers at least once.',
  'outdial/csv': 'Contacts of a CSV file.',
  'outdial/sandbox': 'The platforms in memory, for tests and demos.',
  'outdial/sandbox/server': 'The sandbox as a server, in Node. Also as `npx outdial sandbox`.',
  'outdial/forms': 'Standard Schema objects for form libraries.',
  'outdial/element': 'A form field without a framework.',
};

export const pageOf = (name) => `reference-${name.replaceAll('/', '-')}.html`;

/** Where each declaration is explained: on the page of the first entry that exports it. */
export function placesOf(entries) {
  const places = new Map();
  for (const only of [true, false]) {
    for (const { names, declarations } of entries) {
      for (const one of declarations) {
        const { file, name, isExported } = one;
        if (isExported === only && !isBrand(one) && !places.has(`${file} ${name}`)) places.set(`${file} ${name}`, { page: pageOf(names[0]), name });
      }
    }
  }
  return places;
}

/** One entry's page: `{ title, html, headings }`. */
export function referencePage(entry, places, hrefOf) {
  const [name] = entry.names;
  const page = pageOf(name);
  const hrefFrom = (word) => hrefOf(word)?.replace(new RegExp(`^${page}(?=#)`), '');
  const own = entry.declarations.filter((one) => places.get(`${one.file} ${one.name}`)?.page === page);
  const others = entry.declarations.filter((one) => one.isExported && !own.includes(one));
  const headings = [];
  const parts = byNoun(own).map(([noun, declarations]) => {
    const title = NOUNS[noun];
    if (title) headings.push({ depth: 2, id: `of-${noun}`, html: title });
    const shown = declarations.sort(byRank).map((one) => {
      headings.push({ depth: 3, id: one.name, html: `<code>${one.name}</code>` });
      return declaration(one, title ? 'h3' : 'h2', hrefFrom);
    });
    return `<section>${title ? `<h2 id="of-${noun}">${title}${anchor(`of-${noun}`)}</h2>` : ''}${shown.join('\n')}</section>`;
  });
  const also = others.length > 0 ? `<p>It also exports ${others.map((one) => `<a href="${hrefFrom(one.name)}"><code>${one.name}</code></a>`).join(', ')}.</p>` : '';
  const about = entry.names.map((one) => ABOUT[one]).filter(Boolean).map((text) => `<p class="lead">${inline(text, hrefFrom)}</p>`);
  return { title: name, headings, html: `<h1><code>${escaped(name)}</code></h1>\n${about.join('')}${also}\n${parts.join('\n')}` };
}

// What only the compiler sees.
const isBrand = ({ isExported, signatures: [first] }) => !isExported && /: unique symbol;$/.test(first);

function byNoun(declarations) {
  const groups = new Map();
  for (const one of declarations) groups.set(one.noun, [...(groups.get(one.noun) ?? []), one]);
  const ranks = Object.keys(NOUNS);
  return [...groups].sort(([a], [b]) => ranks.indexOf(a) - ranks.indexOf(b));
}

// What is called first, then what it takes and gives, then what those lean on.
const rank = (one) => (one.isExported ? 0 : 2) + (isValue(one) ? 0 : 1);
const byRank = (a, b) => rank(a) - rank(b) || a.start - b.start;

function declaration({ name, kind, isExported, comments, signatures, members }, heading, hrefOf) {
  const note = isExported ? '' : ' <span class="note">not exported</span>';
  const listed = members.some(({ comment }) => comment) ? members : [];
  const isList = (kind === 'interface' || kind === 'class') && listed.length > 0;
  const head = isList ? [signatures[0].slice(0, signatures[0].indexOf('{')).trim()] : signatures;
  return `<article id="${name}"><${heading}><code>${name}</code>${note}${anchor(name)}</${heading}>
${comments.map(({ text }) => block(text, hrefOf)).join('')}
<pre class="signature" tabindex="0"><code>${highlighted(head.join('\n'), 'ts', (word) => (word === name ? undefined : hrefOf(word)))}</code></pre>
${members.length > 0 && (isList || listed.length > 0) ? memberList(listed, hrefOf) : ''}${comments.map(({ tags }) => tagsOf(tags, hrefOf)).join('')}</article>`;
}

function memberList(members, hrefOf) {
  const items = members.map(({ text, comment }) => {
    const about = comment ? `${block(comment.text, hrefOf)}${tagsOf(comment.tags, hrefOf)}` : '';
    return `<dt><code>${highlighted(text, 'ts', hrefOf)}</code></dt>${about && `<dd>${about}</dd>`}`;
  });
  return `<dl class="members">${items.join('\n')}</dl>`;
}

const LABELS = { param: 'Takes', throws: 'Throws', see: 'See' };

function tagsOf(tags, hrefOf) {
  const rows = Object.entries(LABELS).flatMap(([tag, label]) => (tags[tag] ?? []).map((text) => `<dt>${label}</dt><dd>${tagText(tag, text.replaceAll('\n', ' '), hrefOf)}</dd>`));
  const examples = (tags.example ?? []).map((code) => codeBlock(code, 'ts', hrefOf));
  return `${rows.length > 0 ? `<dl class="tags">${rows.join('')}</dl>` : ''}${examples.join('')}`;
}

function tagText(tag, text, hrefOf) {
  if (tag === 'see') return /^https:\S+$/.test(text) ? `<a href="${escaped(text)}">${escaped(text.replace(/^https:\/\//, ''))}</a>` : inline(text, hrefOf);
  if (tag === 'param') return text.replace(/^(\w+) (.*)$/, (_, name, rest) => `<code>${name}</code>: ${inline(rest, hrefOf)}`);
  const [, type, rest] = /^\{(\w+)\} (.*)$/.exec(text) ?? [undefined, undefined, text];
  return type ? `${hrefOf(type) ? `<a href="${hrefOf(type)}"><code>${type}</code></a>` : `<code>${type}</code>`}: ${inline(rest, hrefOf)}` : inline(text, hrefOf);
}
