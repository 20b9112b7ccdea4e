import { copyFileSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { bundleForServers } from './bundle.mjs';
import { bundleCsv } from './csv.mjs';
import { ensurePackages } from './npm.mjs';
import { pkg, root } from './paths.mjs';
import { buildModules } from './wasm.mjs';

/** The steps that make pkg/ ready to be imported, served or packed; with nothing changed they take a second. */
export const packageSteps = [
  { name: 'npm packages', run: ensurePackages },
  { name: 'build', run: build },
];

async function build() {
  const built = await buildModules();
  if (await bundleCsv()) built.push('papaparse');
  await bundleForServers();
  console.log(built.length > 0 ? `built into pkg/dist: ${built.join(', ')}` : 'up to date');
  // npm packs only what lies in pkg/, and a package without its licence must not travel.
  for (const name of ['LICENSE', 'README.md']) {
    if (existsSync(join(root, name))) copyFileSync(join(root, name), join(pkg, name));
  }
}
