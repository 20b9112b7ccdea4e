import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import test, { before } from 'node:test';
import { readEntries } from '../../pkg/tools/docs/declarations.mjs';
import { buildDocs } from '../../pkg/tools/docs/site.mjs';
import { target, www } from '../../pkg/tools/paths.mjs';

const folder = join(target, 'docs-test', 'docs');
const pages = new Map();

before(() => {
  for (const file of buildDocs(folder)) pages.set(file, readFileSync(join(folder, file), 'utf8'));
});

const anchorsOf = (html) => [...html.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);

test('every link within the docs leads somewhere', () => {
  const broken = [];
  for (const [file, html] of pages) {
    for (const [, href] of html.matchAll(/<(?:a|link|script)\b[^>]* (?:href|src)="([^"]+)"/g)) {
      if (/^https:/.test(href)) continue;
      const [path, anchor] = href.split('#');
      const name = path || file;
      const isThere = pages.has(name) || existsSync(join(folder, name)) || existsSync(join(www, 'docs', name));
      if (!isThere || (anchor !== undefined && pages.has(name) && !anchorsOf(pages.get(name)).includes(anchor))) broken.push(`${file}: ${href}`);
    }
  }
  assert.deepEqual(broken, []);
});

test('every exported name has its place in the reference, once on its page', () => {
  for (const { names: [entry], declarations } of readEntries()) {
    for (const { name, isExported } of declarations) {
      const places = [...pages.values()].filter((html) => html.includes(`<article id="${name}">`));
      if (isExported) assert.ok(places.length > 0, `${entry} ${name}`);
    }
  }
  for (const [file, html] of pages) {
    const ids = anchorsOf(html);
    assert.deepEqual(ids.filter((id, index) => ids.indexOf(id) !== index), [], file);
  }
});

test('a page runs and styles nothing that its policy would refuse', () => {
  for (const [file, html] of pages) {
    assert.doesNotMatch(html, /<script(?! src=)|<style|\sstyle=|\son[a-z]+="|javascript:/i, file);
    assert.match(html, /http-equiv="Content-Security-Policy"/, file);
    assert.match(html, /<title>[^<]+<\/title>/, file);
  }
});

test('what people wrote and what the types say is text, not markup', () => {
  const reference = pages.get('reference-outdial.html');
  assert.match(reference, /Promise&#60;/);
  assert.doesNotMatch(reference, /Promise<[A-Z]/);
  assert.doesNotMatch(reference, /\{@|@(?:param|throws|example|see)\b/);
});
