import assert from 'node:assert/strict';
import test from 'node:test';
import { loadInNode } from './support/load.mjs';
import { caseFiles, openSite } from './support/site.mjs';

for (const file of caseFiles) {
  test(`${file} in Node`, async (t) => {
    const site = await openSite();
    t.after(site.close);
    const { cases } = await import(`../cases/${file}`);
    const list = cases({ ...site.env, runtime: 'node', outdial: await loadInNode() });
    assert.ok(list.length > 0, `${file} holds no case`);
    for (const { name, run } of list) await t.test(name, { timeout: 20_000 }, () => run());
  });
}
