import { existsSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ensurePackages } from '../../../pkg/tools/npm.mjs';
import { pkg } from '../../../pkg/tools/paths.mjs';
import { consumers } from './consumers.mjs';

/** Tiny applications of the libraries for forms that outdial/forms is for. */
export const formsApp = join(consumers, 'forms');

export async function ensureFormsApp() {
  await ensurePackages(formsApp);
  const link = join(formsApp, 'node_modules', 'outdial');
  if (!existsSync(link)) symlinkSync(pkg, link, 'junction');
}

export const fromFormsApp = (file) => import(pathToFileURL(join(formsApp, file)).href);
