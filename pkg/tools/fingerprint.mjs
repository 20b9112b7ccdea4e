import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { root } from './paths.mjs';

/** One hash over the names and the content of files and folders (those that exist) and over texts such as versions. */
export function fingerprint(paths, texts = []) {
  const hash = createHash('sha256');
  for (const file of paths.flatMap(filesUnder)) {
    const content = readFileSync(file);
    hash.update(`${relative(root, file)}\0${content.length}\0`).update(content);
  }
  return hash.update(texts.join('\0')).digest('hex');
}

/** Whether `stamp` holds this mark: the work that it stands for needs no repeating. */
export function isStamped(stamp, mark) {
  return existsSync(stamp) && readFileSync(stamp, 'utf8') === mark;
}

export function writeStamp(stamp, mark) {
  mkdirSync(dirname(stamp), { recursive: true });
  writeFileSync(stamp, mark);
}

function filesUnder(path) {
  if (!existsSync(path)) return [];
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path).sort().flatMap((name) => filesUnder(join(path, name)));
}
