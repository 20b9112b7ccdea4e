import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import test from 'node:test';

const tools = new URL('../../pkg/tools/', import.meta.url);

/** Runs steps in a process of their own, since a failure is also an exit code. */
function outcome(steps) {
  const script = `import { runSteps } from '${tools}steps.mjs'; import { run, read } from '${tools}run.mjs'; await runSteps(${steps});`;
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '--eval', script], { encoding: 'utf8' });
  return { status, stdout, stderr };
}

const NODE = JSON.stringify(process.execPath);

test('steps run in order, each named with its time', () => {
  const { status, stdout } = outcome(`[{ name: 'one', run() {} }, { name: 'two', run: () => run(${NODE}, ['-p', '6*7']) }]`);
  assert.equal(status, 0);
  assert.match(stdout, /== 1\/2 one\n-- one: \d+\.\d s\n\n== 2\/2 two\n42\n-- two: \d+\.\d s\n/);
});

test('a failed step says which step, what was run and what to do, and ends the run', () => {
  const { status, stdout, stderr } = outcome(
    `[{ name: 'one', todo: 'mend it', run: () => run(${NODE}, ['-e', 'process.exit(3)']) }, { name: 'two', run() {} }]`,
  );
  assert.equal(status, 1);
  assert.match(stderr, /FAILED: step 1\/2 one, after \d+\.\d s\n {2}what was run: \S+ -e process\.exit\(3\)\n {2}what happened: exited with 3\n {2}what to do: mend it/);
  assert.doesNotMatch(stdout, /two/);
});

test('the advice of the command goes before the advice of its step', () => {
  const { stderr } = outcome(`[{ name: 'one', todo: 'mend it', run: () => run('no-such-program', [], { todo: 'install it' }) }]`);
  assert.match(stderr, /what was run: no-such-program\n {2}what happened: was not found\n {2}what to do: install it/);
});

test('a quiet command shows its output when it fails', () => {
  const { stderr } = outcome(`[{ name: 'one', run: () => read(${NODE}, ['-e', 'console.error("because"); process.exit(1)']) }]`);
  assert.match(stderr, /exited with 1\nbecause/);
});
