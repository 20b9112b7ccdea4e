import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { installPackage, isRootOnDebian } from './debian.mjs';

/** The path of redis-server, or undefined; REDIS_SERVER goes before the usual places. */
export function findRedis() {
  const asked = process.env.REDIS_SERVER;
  if (asked && !existsSync(asked)) throw new Error(`REDIS_SERVER names ${asked}, which does not exist`);
  const places = [...(process.env.PATH ?? '').split(delimiter), '/usr/bin', '/usr/local/bin', '/opt/homebrew/bin'];
  return asked || places.map((folder) => join(folder, 'redis-server')).find(existsSync);
}

/** The path of redis-server; installs it where that needs no question: as root on Debian. */
export async function ensureRedis() {
  const found = findRedis();
  if (found) return found;
  if (!isRootOnDebian()) {
    throw Object.assign(new Error('no redis-server was found'), {
      todo: 'install Redis 7 (Debian: sudo apt-get install redis-server; macOS: brew install redis), or set REDIS_SERVER to the program',
    });
  }
  console.log('installing redis-server from Debian\'s packages, once');
  await installPackage('redis-server', 'check that Debian\'s packages can be reached, or set REDIS_SERVER to a redis-server');
  return findRedis();
}
