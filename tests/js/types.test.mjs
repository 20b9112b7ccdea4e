import assert from 'node:assert/strict';
import test, { before } from 'node:test';
import { checkTypes, COMPILERS, layProject, RESOLUTIONS } from './support/types.mjs';

before(() => layProject('types'));

for (const compiler of COMPILERS) {
  for (const resolution of RESOLUTIONS) {
    test(`the types hold and refuse what they promise to, as ${compiler} and ${resolution} find them`, async () => {
      assert.equal(await checkTypes('types', compiler, resolution), '');
    });
  }
}
