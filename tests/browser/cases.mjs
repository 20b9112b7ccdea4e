import { loadInPage } from '../js/support/load.mjs';

let open = [];

globalThis.openCases = async (file, env, name) => {
  const { cases } = await import(`../cases/${file}`);
  open = cases({ ...env, runtime: 'chromium', outdial: await loadInPage(name) });
  return open.map(({ name }) => name);
};

globalThis.runCase = async (index) => {
  await open[index].run();
};
