import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { fingerprint, isStamped, writeStamp } from './fingerprint.mjs';
import { dist, pkg, target } from './paths.mjs';

const require = createRequire(join(pkg, 'package.json'));

/** Puts the CSV library into pkg/dist, so that the package needs no other; gives whether there was anything to do. */
export async function bundleCsv() {
  const [library, outfile, stamp] = [require.resolve('papaparse'), join(dist, 'papaparse.js'), join(target, 'modules', 'papaparse.stamp')];
  const mark = () => fingerprint([library, outfile, fileURLToPath(import.meta.url)]);
  if (isStamped(stamp, mark())) return false;
  const { build } = await import('esbuild');
  await build({
    entryPoints: [library],
    outfile,
    bundle: true,
    format: 'esm',
    // Its licence says so in its first lines.
    legalComments: 'inline',
    logLevel: 'error',
    minify: true,
    target: 'es2022',
    plugins: [withoutStreams],
  });
  writeStamp(stamp, mark());
  return true;
}

/** What it has for Node's streams is not used here, and would be a require that no bundler can follow. */
const withoutStreams = {
  name: 'without-streams',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^stream$/ }, ({ path }) => ({ path, namespace: 'empty' }));
    onLoad({ filter: /.*/, namespace: 'empty' }, () => ({ contents: '' }));
  },
};
