import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { compressed, moduleSizes } from './compressed.mjs';
import { median } from './median.mjs';
import { PEERS } from './phone-peers.mjs';

export const name = 'phone';

const pkg = new URL('../../pkg/', import.meta.url);
const { build } = createRequire(new URL('package.json', pkg))('esbuild');

const PROCESSES = 15;
const ROUNDS = 9;
const ROUND_MS = 60;
const SAMPLE = 1000;
const TYPED = '+14155552671';

export async function run() {
  const libraries = await Promise.all(PEERS.map(async (peer) => ({ ...peer, ...peer.use(await import(pathToFileURL(peer.entry))) })));
  const numbers = sample();
  return [
    ...(await sizes()),
    ...starts(),
    ...compared('isValidPhone of an international number', libraries, ({ isValid }) => numbers.forEach(isValid), SAMPLE),
    ...compared('text to E.164', libraries, ({ toE164 }) => numbers.forEach(toE164), SAMPLE),
    ...compared(`${TYPED} typed`, libraries, ({ type }) => type(TYPED), 1),
    ...rates(libraries[0], numbers),
  ];
}

/** Valid numbers of the corpus in E.164 form, spread over the world. */
function sample() {
  const rows = gunzipSync(readFileSync(new URL('../fixtures/phone/corpus.tsv.gz', import.meta.url))).toString().split('\n');
  const numbers = [...new Set(rows.map((row) => row.split('\t')).filter((row) => row[7] === '1').map((row) => row[10]))];
  const step = Math.floor(numbers.length / SAMPLE);
  return Array.from({ length: SAMPLE }, (_, index) => numbers[index * step]);
}

/** What a page loads for validation and for everything, all minified alike. */
async function sizes() {
  const [module, glue] = moduleSizes('phone').map(({ brotli }) => brotli);
  const rows = [{ what: 'size, module and glue: outdial/phone', value: kilobytes(module + glue), unit: 'kB', note: `brotli 11; ${module} and ${glue} B` }];
  // The first of them is ours.
  const ours = {};
  for (const { name: library, pageEntry, validation } of PEERS) {
    const entry = JSON.stringify(pageEntry ?? library);
    for (const [what, names] of [['what validates', `{ ${validation} }`], ['everything', '*']]) {
      const bytes = (await bundled(`export ${names} from ${entry}`)) + (pageEntry ? module : 0);
      rows.push({ what: `size, ${what}: ${library}`, value: kilobytes(bytes), unit: 'kB', ...besideOurs(bytes, (ours[what] ??= bytes)), note: `brotli 11${pageEntry ? ', the module with it' : ''}` });
    }
  }
  return rows;
}

async function bundled(contents) {
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: fileURLToPath(pkg) },
    bundle: true, minify: true, format: 'esm', write: false, logLevel: 'error', legalComments: 'none', target: 'es2022',
  });
  return compressed(outputFiles[0].contents);
}

/** How many times ours a peer's is; our own row has none. */
const besideOurs = (theirs, ours) => (theirs === ours ? {} : { ratio: theirs / ours });

const kilobytes = (bytes) => (bytes / 1000).toFixed(1);

/** Fresh processes in turn: from the code being there to the first answer, and with the import. */
function starts() {
  const times = PEERS.map(() => []);
  for (let round = 0; round < PROCESSES; round++) PEERS.forEach((peer, index) => times[index].push(firstAnswer(peer)));
  const medians = times.map((own) => ['first', 'whole'].map((part) => median(own.map((time) => time[part]))));
  return PEERS.map((peer, index) => {
    const [first, whole] = medians[index];
    return { what: `first validation in a fresh process: ${peer.name}`, value: first.toFixed(2), unit: 'ms', ...besideOurs(first, medians[0][0]), note: `with its import ${whole.toFixed(1)} ms; median of ${PROCESSES}` };
  });
}

function firstAnswer(peer) {
  const script = `
    const from = performance.now();
    const library = await import(${JSON.stringify(pathToFileURL(peer.entry).href)});
    const loaded = performance.now();
    const valid = (${peer.use.toString().replace(/^use\(/, 'function (')})(library).isValid('+14155552671');
    const end = performance.now();
    if (valid !== true) throw new Error('not valid');
    console.log(JSON.stringify({ first: end - loaded, whole: end - from }));`;
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '--eval', script], { encoding: 'utf8' });
  if (status !== 0) throw new Error(`the process failed: ${stderr}`);
  return JSON.parse(stdout);
}

/** Nanoseconds for one of `count` that `work` does, all libraries in turn, so that a busy machine slows them alike. */
function compared(what, libraries, work, count) {
  libraries.forEach((library) => time(() => work(library), ROUND_MS * 3));
  const times = libraries.map(() => []);
  for (let round = 0; round < ROUNDS; round++) {
    libraries.forEach((library, index) => times[index].push(time(() => work(library), ROUND_MS) / count));
  }
  const medians = times.map(median);
  return libraries.map((library, index) => {
    const ratio = medians[index] / medians[0];
    return { what: `${what}: ${library.name}`, value: Math.round(medians[index]), unit: 'ns', ...(index > 0 && { ratio }), note: index === 0 ? '' : `${ratio.toFixed(1)} times outdial/phone` };
  });
}

/** Nanoseconds for one run of `work`, over as many as fit into `leastMs`. */
function time(work, leastMs) {
  let runs = 0;
  const from = performance.now();
  do {
    work();
    runs++;
  } while (performance.now() - from < leastMs);
  return ((performance.now() - from) * 1e6) / runs;
}

function rates({ checkArray, checkLines }, numbers) {
  const texts = Array.from({ length: 100_000 }, (_, index) => numbers[index % numbers.length]);
  const lines = texts.join('\n');
  const jobs = [['an array', () => checkArray(texts)], ['one string', () => checkLines(lines)]];
  const times = jobs.map(() => []);
  for (let round = 0; round < ROUNDS; round++) jobs.forEach(([, work], index) => times[index].push(time(work, ROUND_MS) / texts.length));
  return jobs.map(([what], index) => ({ what: `checkPhones of ${what}`, value: (1000 / median(times[index])).toFixed(2), unit: 'million/s', note: `median of ${ROUNDS} rounds` }));
}
