import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pkg, root } from './paths.mjs';

const PROVENANCE = 'npm takes provenance only for a package whose repository is the one that built it';

/** What in the texts of a release does not agree with its tag, in words. `repository`: owner/name, where GitHub builds. */
export function disagreements({ tag, manifest, cargo, changelog, repository }) {
  const { version } = manifest;
  const crate = /^version = "(.+)"$/m.exec(cargo)?.[1];
  const newest = /^## (\S+)/m.exec(changelog)?.[1];
  const named = String(manifest.repository?.url ?? manifest.repository ?? '');
  return [
    tag !== `v${version}` && `the tag is ${tag}, and package.json's version is ${version}`,
    crate !== version && `Cargo.toml's version is ${crate}, and package.json's is ${version}`,
    newest !== version && `the newest entry of CHANGELOG.md is ${newest}, and package.json's version is ${version}`,
    repository && !named.includes(`github.com/${repository}`) && `package.json's repository is "${named}", and this is ${repository}: ${PROVENANCE}`,
  ].filter(Boolean);
}

const read = (...path) => readFileSync(join(...path), 'utf8');

if (process.argv[1] === import.meta.filename) {
  const found = disagreements({
    tag: process.argv[2],
    manifest: JSON.parse(read(pkg, 'package.json')),
    cargo: read(root, 'Cargo.toml'),
    changelog: read(pkg, 'CHANGELOG.md'),
    repository: process.env.GITHUB_REPOSITORY,
  });
  for (const line of found) console.error(line);
  if (found.length > 0) process.exitCode = 1;
  else console.log(`${process.argv[2]}: tag, package.json, Cargo.toml and CHANGELOG.md agree`);
}
