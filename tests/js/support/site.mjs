import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { tests } from '../../../pkg/tools/paths.mjs';
import { serve, SITE } from '../../../pkg/tools/serve.mjs';
import { closedUrl, openFaults } from './faults.mjs';

export const caseFiles = readdirSync(join(tests, 'cases')).filter((file) => file.endsWith('.cases.mjs')).sort();

/**
 * The servers that the cases talk to, for Node and pages alike. `env` is plain data, since it travels into the page; the
 * runner adds `runtime` ('node' or 'chromium') and `outdial`, the loaded package, before it hands it to `cases(env)`.
 */
export async function openSite({ sandbox } = {}) {
  const mounts = [{ path: '/tests/', folder: tests }, ...SITE];
  const server = await serve({ mounts, sandbox, connect: ['http://127.0.0.1:*'] });
  const faults = await openFaults();
  return {
    env: { siteUrl: server.url, faultsUrl: faults.url, closedUrl: await closedUrl() },
    close: () => Promise.all([server.close(), faults.close()]),
  };
}
