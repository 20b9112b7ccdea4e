import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import test from 'node:test';
import { fileURLToPath } from 'node:url';

const command = fileURLToPath(new URL('../../pkg/tools/start.mjs', import.meta.url));

/** Starts the demo and waits for the address it prints; the folder it is started in must not matter. */
async function started(t) {
  const child = spawn(process.execPath, [command, '--port', '0'], { cwd: '/', stdio: ['ignore', 'pipe', 'inherit'] });
  t.after(() => child.kill('SIGKILL'));
  let output = '';
  for await (const chunk of child.stdout.iterator({ destroyOnReturn: false })) {
    output += chunk;
    const url = /http:\/\/127\.0\.0\.1:\d+\//.exec(output)?.[0];
    if (url) return { child: Object.assign(child, { closed: once(child, 'exit') }), url };
  }
  throw new Error(`it ended without an address:\n${output}`);
}

for (const signal of ['SIGINT', 'SIGTERM']) {
  test(`the demo serves the package, the docs and the sandbox, and ${signal} ends it well`, { timeout: 30_000 }, async (t) => {
    const { child, url } = await started(t);
    assert.equal((await fetch(`${url}outdial/dist/outdial.wasm`)).headers.get('content-type'), 'application/wasm');
    assert.match(await fetch(`${url}docs/`).then((response) => response.text()), /<h1[^>]*>outdial/);
    assert.equal((await fetch(`${url}sandbox/truedy/api/public/v1/calls`)).status, 401);
    // npm passes on what the terminal sent already.
    for (const _ of [1, 2]) child.kill(signal);
    assert.deepEqual(await child.closed, [0, null]);
  });
}
