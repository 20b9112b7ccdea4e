import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import test from 'node:test';
import { pkg, root } from '../../pkg/tools/paths.mjs';
import { disagreements } from '../../pkg/tools/release.mjs';

// tests/ lies outside pkg/, where the development packages are.
const { parse } = createRequire(join(pkg, 'package.json'))('yaml');
const folder = join(root, '.github', 'workflows');
const { scripts } = JSON.parse(readFileSync(join(pkg, 'package.json'), 'utf8'));

const workflows = readdirSync(folder).map((file) => ({ file, text: readFileSync(join(folder, file), 'utf8') })).map(({ file, text }) => ({ ...parse(text), file, text }));
const jobsOf = ({ jobs }) => Object.entries(jobs);
const stepsOf = (workflow) => jobsOf(workflow).flatMap(([, { steps }]) => steps);

/** What makes a workflow one that other people's code could use against this repository, in words. */
function dangers({ text, permissions, on, jobs }) {
  const all = Object.values(jobs).flatMap(({ steps }) => steps);
  const writes = Object.entries(jobs).filter(([, job]) => Object.values(job.permissions ?? permissions ?? {}).includes('write'));
  return [
    ...all.filter(({ uses }) => uses && !/^[\w-]+\/[\w-]+@[0-9a-f]{40}$/.test(uses)).map(({ uses }) => `${uses} is not pinned by its commit`),
    ...text.split('\n').filter((line) => /\buses:/.test(line) && !/@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(line)).map((line) => `no release is named behind ${line.trim()}`),
    permissions === undefined && 'the permissions of the workflow are not said',
    ...Object.values(permissions ?? {}).filter((value) => value !== 'read').map(() => 'the workflow as a whole may write'),
    ...Object.entries(jobs).filter(([, job]) => !(job['timeout-minutes'] > 0)).map(([name]) => `the job ${name} has no time limit`),
    ...writes.filter(([, { steps }]) => steps.some(({ run }) => /\b(?:cargo|npx|pip|npm (?!publish))|\bnode /.test(run ?? ''))).map(([name]) => `the job ${name} may write and runs code of packages`),
    ...all.filter(({ uses, with: given }) => uses?.startsWith('actions/checkout@') && given?.['persist-credentials'] !== false).map(() => 'a checkout leaves its token behind'),
    /\bsecrets\b/.test(text) && 'it uses a secret',
    on?.pull_request_target !== undefined && 'a stranger\'s pull request runs with rights',
    ...all.filter(({ run }) => run?.includes('${{')).map(({ run }) => `an expression becomes a part of a program: ${run}`),
  ].filter(Boolean);
}

test('no workflow runs an action that could change, holds a secret, or has more rights than it needs', () => {
  assert.deepEqual(workflows.map(({ file }) => file).sort(), ['ci.yml', 'release.yml', 'slow.yml', 'weekly.yml']);
  for (const workflow of workflows) assert.deepEqual(dangers(workflow), [], workflow.file);
});

test('what a careless workflow does is found', () => {
  const careless = `
on: { pull_request_target: {} }
permissions: { contents: write }
jobs:
  one:
    steps:
      - uses: actions/checkout@v7
      - run: npm ci && echo \${{ github.event.pull_request.title }} \${{ secrets.TOKEN }}
`;
  const found = dangers({ text: careless, ...parse(careless) }).join('\n');
  for (const words of ['not pinned', 'no release is named', 'as a whole may write', 'no time limit', 'may write and runs code', 'leaves its token', 'a secret', 'stranger', 'part of a program']) {
    assert.ok(found.includes(words), `${words}: ${found}`);
  }
  const silent = 'on: push\njobs:\n  one:\n    timeout-minutes: 1\n    steps: []\n';
  assert.deepEqual(dangers({ text: silent, ...parse(silent) }), ['the permissions of the workflow are not said']);
});

test('the same action is the same commit everywhere', () => {
  const commits = new Map();
  for (const { uses } of workflows.flatMap(stepsOf)) {
    if (!uses) continue;
    const [action, commit] = uses.split('@');
    assert.equal(commits.get(action) ?? commit, commit, action);
    commits.set(action, commit);
  }
});

test('every script that a workflow runs is there', () => {
  for (const { run } of workflows.flatMap(stepsOf)) {
    for (const [, name] of (run ?? '').matchAll(/npm --prefix pkg run ([\w:-]+)/g)) assert.ok(scripts[name], name);
    for (const [, path] of (run ?? '').matchAll(/\bnode (\S+\.mjs)/g)) assert.ok(readFileSync(join(root, path)), path);
  }
});

test('only the job that publishes may speak for this repository at npm, and it has no token', () => {
  const speakers = workflows.flatMap((workflow) => jobsOf(workflow).filter(([, { permissions }]) => permissions?.['id-token']).map(([job]) => `${workflow.file} ${job}`));
  assert.deepEqual(speakers, ['release.yml publish']);
  const [{ jobs }] = workflows.filter(({ file }) => file === 'release.yml');
  assert.ok(jobs.publish.steps.some(({ run }) => /^npm publish \S+ --provenance/.test(run ?? '')));
  assert.ok(!jobs.publish.steps.some(({ with: given }) => given?.['registry-url']));
});

test('a release goes out only if its tag and its texts agree', () => {
  const manifest = JSON.parse(readFileSync(join(pkg, 'package.json'), 'utf8'));
  const texts = { manifest, cargo: readFileSync(join(root, 'Cargo.toml'), 'utf8'), changelog: readFileSync(join(pkg, 'CHANGELOG.md'), 'utf8') };
  assert.deepEqual(disagreements({ tag: `v${manifest.version}`, ...texts }), []);
  const found = (changes) => disagreements({ tag: `v${manifest.version}`, ...texts, ...changes }).join('\n');
  assert.match(found({ tag: 'v9.9.9' }), /^the tag is v9\.9\.9/);
  assert.match(found({ cargo: 'version = "9.9.9"' }), /^Cargo\.toml's version is 9\.9\.9/);
  assert.match(found({ changelog: '# Changes\n\n## 9.9.9\n' }), /^the newest entry of CHANGELOG\.md is 9\.9\.9/);
  assert.match(found({ repository: 'somebody/else' }), /provenance/);
  assert.equal(found({ repository: 'a/b', manifest: { ...manifest, repository: 'https://github.com/a/b' } }), '');
});
