import { escaped } from './highlight.mjs';

// The same as the demo's, but for a page that runs nothing of the package.
const POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'; trusted-types 'none'";

/** A whole page around `{ file, title, html, headings }`, with a way to all `pages`. */
export function page({ file, title, html, headings }, pages) {
  const ways = Object.entries(grouped(pages)).map(([group, list]) => `<p>${group}</p><ul>${list.map((one) => way(one, file)).join('')}</ul>`);
  const inside = headings.filter(({ depth }) => depth > 1);
  return `<!doctype html>
<html lang="en" data-theme="system">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <meta http-equiv="Content-Security-Policy" content="${POLICY}">
  <meta name="color-scheme" content="light dark">
  <title>${escaped(title)}: outdial</title>
  <link rel="icon" href="../favicon.svg" type="image/svg+xml">
  <link rel="stylesheet" href="../styles/theme.css">
  <link rel="stylesheet" href="../styles/base.css">
  <link rel="stylesheet" href="docs.css">
  <link rel="stylesheet" href="reference.css">
  <script src="../theme.js"></script>
</head>
<body>
  <a class="skip" href="#main">Skip to the text</a>
  <header class="top">
    <a class="brand" href="../index.html">outdial</a>
    <span class="place">Docs</span>
    <fieldset class="theme">
      <legend>Colours</legend>
      ${['system', 'light', 'dark'].map((theme) => `<label><input type="radio" name="theme" value="${theme}"><span>${theme === 'system' ? 'auto' : theme}</span></label>`).join('\n      ')}
    </fieldset>
  </header>
  <div class="sheet">
    <nav class="ways" aria-label="Pages">${ways.join('\n')}</nav>
    <main id="main" tabindex="-1">
${inside.length > 1 ? `<details class="inside"><summary>On this page</summary>${contents(inside)}</details>` : ''}
${html}
    </main>
    ${inside.length > 1 ? `<nav class="contents" aria-label="On this page">${contents(inside)}</nav>` : ''}
  </div>
</body>
</html>
`;
}

const way = ({ file, label }, current) => `<li><a href="${file}"${file === current ? ' aria-current="page"' : ''}>${escaped(label)}</a></li>`;

const contents = (headings) => `<ol>${headings.map(({ depth, id, html }) => `<li class="depth-${depth}"><a href="#${id}">${html.replace(/<\/?a\b[^>]*>/g, '')}</a></li>`).join('')}</ol>`;

function grouped(pages) {
  const groups = {};
  for (const one of pages) (groups[one.group] ??= []).push(one);
  return groups;
}
