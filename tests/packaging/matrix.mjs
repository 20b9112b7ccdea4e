import { printTable } from '../../pkg/tools/table.mjs';
import { BROWSERS } from './browsers.mjs';
import { openNext } from './next.mjs';
import { checkPage, checkRefusal, openRefused, PAGES, relayFor } from './pages.mjs';
import { openPlace, openPlatform } from './place.mjs';
import { checkReport, SERVERS } from './servers.mjs';

const WORKS = 'works';
const ROUTES_ARE_MODULES = 'routes are ES modules: import';

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
      servers.push(await routeRow(run, site, `Next.js 16 edge route, ${bundler}`, 'the .wasm file', '/api/edge'));
      pages.push(await pageRow(run, `Next.js 16 client component, ${bundler}`, 'the .wasm file', async () => site));
    }
    for (const way of ['outdial', 'outdial/inline']) pages.push(await refusedRow(run, way));
  } finally {
    await Promise.all([platform.close(), ...run.browsers.map(({ close }) => close())]);
  }
  printTable(['server or test', 'loads', 'import', 'require()'], servers);
  printTable(['page', 'loads', ...run.browsers.map(({ name }) => name)], pages);
  return run.failures;
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
    else row.push(await cell(run, `${server.name} by ${way}`, () => useServer(run, server, way)));
  }
  return row;
}

async function useServer(run, server, way) {
  await rung(run, async (number) => {
    const app = run.place.app(`${server.name}-${way}`.replaceAll(/\W+/g, '-'));
    checkReport(await server[way](app, { SANDBOX_URL: run.platform.url, PHONE_NUMBER: number }), number);
  });
}

/** A new number, which must have rung once after `use`. */
export async function rung({ platform }, use) {
  const number = platform.newNumber();
  await use(number);
  if (platform.rang(number) !== 1) throw new Error(`${number} rang ${platform.rang(number)} times`);
}

async function routeRow(run, site, name, loads, path) {
  const text = await cell(run, name, async () => {
    if (site.error) throw site.error;
    await rung(run, (number) => site.askRoute(path, number));
  });
  return [name, loads, text, ROUTES_ARE_MODULES];
}

/** One build, opened in each browser. */
async function pageRow(run, name, loads, open) {
  let site;
  const row = [name, loads];
  const built = await cell(run, `${name}, built and served`, async () => {
    site = await open();
    if (site.error) throw site.error;
  });
  for (const browser of run.browsers) {
    if (built === WORKS) row.push(await cell(run, `${name} in ${browser.name}`, () => rung(run, (number) => usePage(browser, site, number))));
    else row.push('FAILS');
  }
  await site?.close?.();
  return row;
}

export async function usePage(browser, { url }, number) {
  checkPage(await browser.show(`${url}${url.includes('?') ? '&' : '?'}number=${encodeURIComponent(number)}`), number);
}

async function refusedRow(run, way) {
  const site = await openRefused(run.place, way);
  const row = [`${way} where script-src lacks 'wasm-unsafe-eval'`, 'nothing'];
  for (const browser of run.browsers) {
    row.push(await cell(run, `${row[0]} in ${browser.name}`, async () => checkRefusal(await browser.show(site.url))));
  }
  await site.close();
  return row;
}
