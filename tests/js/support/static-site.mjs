import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { serve } from '../../../pkg/tools/serve.mjs';
import { buildSite } from '../../../pkg/tools/static.mjs';

/** The demo as a folder of files, somewhere below the root of a host that sends the headers it asks for. */
export async function serveSite() {
  const folder = await buildSite();
  const lines = readFileSync(join(folder, '_headers'), 'utf8').trim().split('\n').slice(1);
  const headers = Object.fromEntries(lines.map((line) => line.trim().split(/: (.*)/)));
  const server = await serve({ mounts: [{ path: '/pages/outdial/', folder }], headers, compress: true });
  return { url: `${server.url}pages/outdial/`, close: server.close };
}
