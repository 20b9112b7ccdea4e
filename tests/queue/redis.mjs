import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { findRedis } from '../../pkg/tools/redis.mjs';
import { freePort } from '../js/support/consumers.mjs';

/** A redis-server on a free loopback port, which keeps what it is told; gives `{ url, close }`. */
export async function startRedis() {
  const program = findRedis();
  if (!program) throw new Error('no redis-server: npm --prefix pkg test installs it, or set REDIS_SERVER');
  const folder = mkdtempSync(join(tmpdir(), 'outdial-redis-'));
  const port = await freePort();
  const settings = { port, bind: '127.0.0.1', dir: folder, appendonly: 'yes', save: '', 'maxmemory-policy': 'noeviction', loglevel: 'warning' };
  const args = Object.entries(settings).flatMap(([name, value]) => [`--${name}`, String(value)]);
  const child = spawn(program, args, { stdio: ['ignore', 'ignore', 'inherit'] });
  const ended = once(child, 'exit');
  while (!(await answers(port))) {
    if (child.exitCode !== null) throw new Error(`redis-server ended with ${child.exitCode}`);
    await setTimeout(20);
  }
  async function close() {
    child.kill('SIGTERM');
    await ended;
    rmSync(folder, { recursive: true, force: true });
  }
  return { url: `redis://127.0.0.1:${port}`, close };
}

function answers(port) {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => (socket.destroy(), resolve(true))).once('error', () => resolve(false));
  });
}
