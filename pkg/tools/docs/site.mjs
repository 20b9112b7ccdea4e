import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { fingerprint, isStamped, writeStamp } from '../fingerprint.mjs';
import { pkg, target, www } from '../paths.mjs';
import { readEntries } from './declarations.mjs';
import { rendered } from './markdown.mjs';
import { page } from './page.mjs';
import { pageOf, placesOf, referencePage } from './reference.mjs';

export const SOURCES = join(www, 'docs');
const STYLES = ['docs.css', 'reference.css'];

/** The pages that people wrote, in the order in which they are offered; each is a file of www/docs. */
const GUIDES = { index: 'Start', recipes: 'Recipes', testing: 'Testing', migration: 'From libphonenumber-js' };

/** The same, unless nothing changed since it was done last. */
export function ensureDocs() {
  const declared = readdirSync(pkg).filter((name) => name.endsWith('.d.ts') || name === 'package.json').map((name) => join(pkg, name));
  const written = readdirSync(SOURCES).filter((name) => name.endsWith('.md')).map((name) => join(SOURCES, name));
  const folders = ['types', 'sandbox', 'package-lock.json'].map((name) => join(pkg, name));
  const mark = fingerprint([...declared, ...written, ...folders, fileURLToPath(new URL('.', import.meta.url))]);
  const stamp = join(target, 'docs.stamp');
  if (isStamped(stamp, mark) && existsSync(join(SOURCES, 'index.html'))) return false;
  buildDocs();
  writeStamp(stamp, mark);
  return true;
}

/** Writes all pages into `folder`, which they expect beside the demo's colours and themes; gives their names. */
export function buildDocs(folder = SOURCES) {
  const entries = readEntries();
  const places = placesOf(entries);
  const byName = new Map([...places.values()].reverse().map(({ page: file, name }) => [name, `${file}#${name}`]));
  const hrefOf = (name) => byName.get(name);
  const pages = [
    ...guides(hrefOf),
    ...entries.map((entry) => ({ file: pageOf(entry.names[0]), group: 'Reference', label: entry.names[0], ...referencePage(entry, places, hrefOf) })),
  ];
  mkdirSync(folder, { recursive: true });
  for (const name of readdirSync(folder)) if (name.endsWith('.html')) rmSync(join(folder, name));
  if (folder !== SOURCES) for (const name of STYLES) cpSync(join(SOURCES, name), join(folder, name));
  for (const one of pages) writeFileSync(join(folder, one.file), page(one, pages));
  return pages.map(({ file }) => file);
}

function guides(hrefOf) {
  const found = readdirSync(SOURCES).filter((name) => name.endsWith('.md')).map((name) => basename(name, '.md'));
  const unknown = found.filter((name) => !GUIDES[name]);
  if (unknown.length > 0) throw new Error(`www/docs/${unknown[0]}.md has no place: name it in GUIDES of pkg/tools/docs/site.mjs`);
  return Object.entries(GUIDES).map(([name, label]) => {
    const { html, headings } = rendered(readFileSync(join(SOURCES, `${name}.md`), 'utf8'), hrefOf);
    return { file: `${name}.html`, group: 'Guides', label, title: label, html, headings };
  });
}
