import { loadInPage } from '../js/support/load.mjs';

let open = [];

globalThis.openCases = async (file, env) => {
  const { cases } = await import(`../cases/${file}`);
  open = cases({ ...env, runtime: 'chromium', outdial: await loadInPage() });
  return open.map(({ name }) => name);
};

globalThis.runCase = async (index) => {
  await open[index].run();
};
