import { Marked } from 'marked';
import { escaped, highlighted } from './highlight.mjs';

/**
 * Markdown as HTML, and its headings `{ depth, id, text }`. `hrefOf(name)` gives where a name of the package is explained; code
 * may name its file behind its language.
 */
export function rendered(markdown, hrefOf) {
  const headings = [];
  const marked = new Marked({
    renderer: {
      heading({ tokens, depth, text }) {
        const id = slug(text);
        headings.push({ depth, id, html: this.parser.parseInline(tokens) });
        return `<h${depth} id="${id}">${this.parser.parseInline(tokens)}${depth > 1 ? anchor(id) : ''}</h${depth}>\n`;
      },
      code: ({ text, lang = '' }) => codeBlock(text, lang, hrefOf),
      codespan: ({ text }) => codeSpan(text, hrefOf),
      table(token) {
        const row = (cells, tag) => `<tr>${cells.map(({ tokens }) => `<${tag}>${this.parser.parseInline(tokens)}</${tag}>`).join('')}</tr>`;
        return `<div class="wide" tabindex="0" role="group" aria-label="Table"><table><thead>${row(token.header, 'th')}</thead><tbody>${token.rows.map((cells) => row(cells, 'td')).join('\n')}</tbody></table></div>\n`;
      },
      link({ href, tokens }) {
        return `<a href="${escaped(href.replace(/\.md(?=$|#)/, '.html'))}">${this.parser.parseInline(tokens)}</a>`;
      },
      html: ({ text }) => (text.startsWith('<!--') ? '' : text),
    },
  });
  return { html: marked.parse(markdown), headings };
}

/**
 * A line of Markdown without a paragraph around it; names of the package lead to where they are explained, and the promised
 * codes, which alone have underscores, are code.
 */
export const inline = (markdown, hrefOf) => ofComments(hrefOf).parseInline(markdown);

/** The same for a whole comment. */
export const block = (markdown, hrefOf) => ofComments(hrefOf).parse(markdown);

const ofComments = (hrefOf) => new Marked({
  renderer: {
    code: ({ text, lang = '' }) => codeBlock(text, lang, hrefOf),
    codespan: ({ text }) => codeSpan(text, hrefOf),
    html: ({ text }) => escaped(text),
    text(token) {
      if (token.tokens) return this.parser.parseInline(token.tokens);
      return escaped(token.text).replace(/\b[a-z]+(?:_[a-z]+)+\b|\b[a-z]*[A-Z]?[a-z0-9]+[A-Z]\w*/g, (word) => (word.includes('_') ? `<code>${word}</code>` : linked(word, word, hrefOf)));
    },
  },
});

export function codeBlock(code, info, hrefOf) {
  const [language, file] = info.split(' ');
  const caption = file ? `<figcaption>${escaped(file)}</figcaption>` : '';
  return `<figure class="code">${caption}<pre tabindex="0"><code>${highlighted(code, language, hrefOf)}</code></pre></figure>\n`;
}

function codeSpan(code, hrefOf) {
  // A word without a capital may be anything: only `init()` is the function.
  const name = /^(?:(\w+)\(\)|(\w*[A-Z]\w*))$/.exec(code)?.slice(1).find(Boolean);
  return linked(`<code>${escaped(code)}</code>`, name, hrefOf);
}

function linked(html, name, hrefOf) {
  const href = name && hrefOf(name);
  return href ? `<a href="${href}">${html}</a>` : html;
}

export const anchor = (id) => ` <a class="here" href="#${id}" aria-label="Link to this part">#</a>`;

const slug = (text) => text.toLowerCase().replace(/`/g, '').replace(/[^\p{L}\p{N}]+/gu, '-').replace(/^-|-$/g, '');
