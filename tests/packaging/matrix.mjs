import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../pkg/tools/paths.mjs';
import { printTable } from '../../pkg/tools/table.mjs';
import { BROWSERS } from './browsers.mjs';
import { openNext } from './next.mjs';
import { checkRefusal, openRefused, PAGES, relayFor, usePage } from './pages.mjs';
import { openPlace, openPlatform, rung } from './place.mjs';
import { SERVERS, useServer } from './servers.mjs';

const WORKS = 'works';
const NOTHING = 'nothing';
const ROUTES_ARE_MODULES = 'routes are ES modules: import';

// Tried without this package too: the build ends for want of a route_client-reference-manifest.js.
const EDGE = { webpack: 'works below pages/api; below app/ webpack builds no edge route in Next 16.4: use Turbopack' };

/**
 * Runs every consumer and prints the matrix: what loads, and what became of it by import and by require(), or in each browser.
 * `paths` are those of the browsers. Gives what went wrong.
 */
export async function runMatrix(paths) {
  const [place, platform] = [await openPlace('matrix'), await openPlatform()];
  const run = { place, platform, browsers: [], failures: [] };
  const [servers, pages] = [[], []];
  try {
    for (const { name, open } of BROWSERS) run.browsers.push({ name, ...(await open(paths)) });
    for (const server of SERVERS) servers.push(await serverRow(run, server));
    for (const { name, loads, open } of PAGES) pages.push(await pageRow(run, name, loads, () => open(place, relayFor(platform.url))));
    for (const bundler of ['Turbopack', 'webpack']) {
      const site = await openNext(bundler, platform.url).catch((error) => ({ error }));
      servers.push(await routeRow(run, site, `Next.js 16 node route, ${bundler}`, 'inlined bytes', '/api/outdial'));
      servers.push(await routeRow(run, site, `Next.js 16 edge route, ${bundler}`, 'the .wasm file', '/api/edge', EDGE[bundler]));
      pages.push(await pageRow(run, `Next.js 16 client component, ${bundler}`, 'the .wasm file', async () => site));
    }
    for (const way of ['outdial', 'outdial/inline']) pages.push(await refusedRow(run, way));
  } finally {
    await Promise.all([platform.close(), ...run.browsers.map(({ close }) => close())]);
  }
  printTable(['server or test', 'loads', 'import', 'require()'], servers);
  printTable(['page', 'loads', ...run.browsers.map(({ name }) => name)], pages);
  return [...run.failures, ...missingInReadme([...servers, ...pages])];
}

/** The README's table names every consumer, in fewer lines. */
function missingInReadme(rows) {
  const readme = readFileSync(join(root, 'README.md'), 'utf8');
  const names = rows.filter(([, loads]) => loads !== NOTHING).map(([name]) => name.split(', ')[0]);
  return names.filter((name) => !readme.includes(name)).map((name) => `README.md does not name ${name}`);
}

/** What stands in a cell: that it works, or what `attempt` gives instead; a failure is reported, and ends in `failures`. */
async function cell({ failures }, what, attempt) {
  const from = performance.now();
  let text;
  try {
    text = (await attempt()) ?? WORKS;
  } catch (error) {
    text = 'FAILS';
    failures.push(`${what}: ${error.stack ?? error}`);
  }
  console.log(`${what}: ${text}, ${((performance.now() - from) / 1000).toFixed(1)} s`);
  return text;
}

async function serverRow(run, server) {
  const row = [server.name, server.loads];
  for (const way of ['import', 'require']) {
    if (typeof server[way] === 'string') row.push(server[way]);
    else row.push(await cell(run, `${server.name} by ${way}`, () => rung(run.platform, (number) => useServer(run, server, way, number))));
  }
  return row;
}

async function routeRow(run, site, name, loads, path, note) {
  const text = await cell(run, name, async () => {
    if (site.error) throw site.error;
    await rung(run.platform, (number) => site.askRoute(path, number));
    return note;
  });
  return [name, loads, text, ROUTES_ARE_MODULES];
}

/** One build, opened in each browser. */
async function pageRow(run, name, loads, open) {
  let site;
  const row = [name, loads];
  const { NODE_ENV } = process.env;
  const built = await cell(run, `${name}, built and served`, async () => {
    site = await open();
    if (site.error) throw site.error;
  });
  // Vite sets it for its whole process, and npm would leave out what only tests need.
  if (NODE_ENV === undefined) delete process.env.NODE_ENV;
  else process.env.NODE_ENV = NODE_ENV;
  for (const browser of run.browsers) {
    if (built === WORKS) row.push(await cell(run, `${name} in ${browser.name}`, () => rung(run.platform, (number) => usePage(browser, site, number))));
    else row.push('FAILS');
  }
  await site?.close?.();
  return row;
}

async function refusedRow(run, way) {
  const site = await openRefused(run.place, way);
  const row = [`${way} where script-src lacks 'wasm-unsafe-eval'`, NOTHING];
  for (const browser of run.browsers) {
    row.push(await cell(run, `${row[0]} in ${browser.name}`, async () => checkRefusal(await browser.show(site.url))));
  }
  await site.close();
  return row;
}
