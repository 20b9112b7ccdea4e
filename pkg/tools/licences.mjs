import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bundledParts, linkedCrates, metadataVersion } from './linked.mjs';
import { pkg } from './paths.mjs';
import { rustcVersion } from './rust.mjs';

export const file = join(pkg, 'THIRD-PARTY.md');

// Of licences to choose from this one is taken: its text stands in LICENSE already.
const CHOSEN = 'Apache-2.0';

/** The text of pkg/THIRD-PARTY.md, of what is linked and bundled now. */
export async function thirdParty() {
  const crates = await linkedCrates();
  const parts = bundledParts();
  const texts = [...crates, ...parts].flatMap(textsOf);
  const rust = /^rustc (\S+)/.exec(await rustcVersion())[1];
  return `# What others made of this package

Everything here is under the Apache License 2.0, whose text is in LICENSE, or under a licence whose text follows.
\`npm --prefix pkg run licences\` writes this file from what is linked and bundled; \`npm --prefix pkg run test:supply\` compares.

## Data

The numbering plan in the modules and the time zones of \`zones/data.js\` are those of libphonenumber ${metadataVersion()}, copyright The
Libphonenumber Authors, under Apache-2.0, compiled into tables of another form.

## JavaScript

${parts.map(({ name, version, licence, file: place }) => `- ${name} ${version} (${licence}), in \`${place}\``).join('\n')}

The glue of \`dist/outdial.wasm\` is written by wasm-bindgen, which is listed below.

## Rust, in \`dist/*.wasm\` and \`dist/*inline.js\`

- the standard library of Rust ${rust} (MIT OR Apache-2.0)
${crates.map(({ name, version, licence, modules }) => `- ${name} ${version} (${licence})${modules.length === 1 ? `, in ${modules[0]}` : ''}`).join('\n')}

## Texts

${texts.map(({ title, text }) => `### ${title}\n\n\`\`\`text\n${text.trim()}\n\`\`\``).join('\n\n')}
`;
}

export async function writeThirdParty() {
  writeFileSync(file, await thirdParty());
}

/** Throws unless pkg/THIRD-PARTY.md says what is so. */
export async function checkThirdParty() {
  if (existsSync(file) && readFileSync(file, 'utf8') === (await thirdParty())) return;
  throw Object.assign(new Error('pkg/THIRD-PARTY.md does not list what is linked and bundled'), { todo: 'npm --prefix pkg run licences' });
}

/** The texts that must travel with a part: none where Apache-2.0 may be chosen, unless it has a NOTICE. */
function textsOf({ name, version, licence, folder }) {
  const wanted = licence.split(' AND ').map((term) => term.replace(/^\(|\)$/g, '')).filter((term) => !term.split(' OR ').includes(CHOSEN));
  const files = readdirSync(folder);
  const texts = wanted.map((term) => {
    const found = files.find((one) => new RegExp(`^licen[sc]e-${term.split('-')[0]}`, 'i').test(one)) ?? files.find((one) => /^licen[sc]e(?:\.\w+)?$/i.test(one));
    if (!found) throw new Error(`${name} ${version} is under ${term}, and its text is not in ${files.join(', ')}`);
    return { title: `${name}: ${term}`, text: readFileSync(join(folder, found), 'utf8') };
  });
  const notices = files.filter((one) => /^notice/i.test(one)).map((one) => ({ title: `${name}: ${one}`, text: readFileSync(join(folder, one), 'utf8') }));
  return [...texts, ...notices];
}

if (process.argv[1] === import.meta.filename) await writeThirdParty();
