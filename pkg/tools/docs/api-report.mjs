import { join } from 'node:path';
import { tests } from '../paths.mjs';
import { isValue, readEntries } from './declarations.mjs';

export const REPORT = join(tests, 'types', 'api-report.md');

const HEAD = `# The public surface

Every name that can be imported, with its type and without its comments. A test compares this file with what the \`.d.ts\`
files say, so that each change of the surface shows in review; \`npm --prefix pkg run api-report\` writes it anew.
`;

/** What each entry exports, and then the declarations, each once: also those that have no name for importers. */
export function apiReport() {
  const entries = readEntries();
  const all = new Map();
  for (const { declarations } of entries) {
    for (const one of declarations) {
      const key = `${one.file} ${one.name}`;
      all.set(key, { ...one, isExported: one.isExported || all.get(key)?.isExported });
    }
  }
  return [HEAD, ...entries.map(namesOf), ...Object.entries(groupedByFile([...all.values()])).map(declared)].join('\n');
}

function namesOf({ names, declarations }) {
  const exported = declarations.filter(({ isExported }) => isExported);
  const [values, types] = [true, false].map((wanted) => exported.filter((one) => isValue(one) === wanted));
  return `## ${names.join(', ')}\n\nValues: ${list(values)}\n\nTypes: ${list(types)}\n`;
}

const list = (declarations) => (declarations.length > 0 ? declarations.map(({ name }) => name).sort().join(', ') : 'none');

function groupedByFile(declarations) {
  const files = {};
  for (const one of declarations.sort((a, b) => a.file.localeCompare(b.file) || a.name.localeCompare(b.name))) (files[one.file] ??= []).push(one);
  return files;
}

function declared([file, declarations]) {
  const blocks = declarations.map(({ isExported, signatures }) => signatures.map((one) => `${isExported ? 'export ' : ''}${one}`).join('\n'));
  return `## ${file}\n\n\`\`\`ts\n${blocks.join('\n\n')}\n\`\`\`\n`;
}
