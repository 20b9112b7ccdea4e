import { execFile, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

export const name = 'in bulk';

const CONTACTS = 100_000;
const BESIDE = 20_000;
const SLICES = 10;
// What createContacts does unless it is told otherwise.
const CONCURRENCY = 4;
// V8's young generation, three times this, is otherwise a third of the process: it grows to 48 MB under any load.
const YOUNG = '--max-semi-space-size=8';
const ROWS = 1_000_000;
const FEWER_ROWS = 100_000;

const here = (file) => fileURLToPath(new URL(file, import.meta.url));
const megabytes = (kb) => (kb / 1024).toFixed(0);
const perSecond = (count, ms) => Math.round(count / (ms / 1000)).toLocaleString('en');

/** Many contacts against the sandbox over HTTP, in a process each, and a long file read row by row. */
export async function run() {
  return [...(await contacts()), ...(await rows())];
}

async function contacts() {
  const server = fork(here('./sandbox-server.mjs'));
  try {
    const [url] = await once(server, 'message');
    const at = `${url}/api/public/v1`;
    const { oursMs, bareMs } = await printed([], './bulk-run.mjs', at, BESIDE, SLICES, CONCURRENCY, 'beside');
    const { firstPeakKb, peakKb, created } = await printed([YOUNG], './bulk-run.mjs', at, CONTACTS, SLICES, CONCURRENCY);
    server.send('count');
    const [arrived] = await once(server, 'message');
    if (created !== CONTACTS || arrived < CONTACTS) throw new Error(`${created} created, ${arrived} arrived`);
    const note = `${CONCURRENCY} at a time, slices in turn, sandbox in a process of its own (Node ${process.versions.node})`;
    return [
      { what: 'createContacts: rate of a bare fetch loop', value: (bareMs / oursMs).toFixed(2), unit: '×', ratio: bareMs / oursMs, note: `${perSecond(1, oursMs)} a second over ${perSecond(1, bareMs)}; ${note}` },
      { what: `${CONTACTS.toLocaleString('en')} contacts: peak memory of the process`, value: megabytes(peakKb), unit: 'MB', note: `${megabytes(firstPeakKb)} MB after the first ${(CONTACTS / SLICES).toLocaleString('en')}; node ${YOUNG}` },
    ];
  } finally {
    server.disconnect();
  }
}

async function rows() {
  const fewer = await printed([YOUNG], './csv-run.mjs', FEWER_ROWS);
  const { ms, peakKb, good } = await printed([YOUNG], './csv-run.mjs', ROWS);
  if (good !== ROWS) throw new Error(`${good} rows were read`);
  const many = `${ROWS.toLocaleString('en')} CSV rows`;
  return [
    { what: `${many}: read and validated`, value: perSecond(ROWS, ms), unit: 'a second', note: 'validateContact of each' },
    { what: `${many}: peak memory of the process`, value: megabytes(peakKb), unit: 'MB', note: `${megabytes(fewer.peakKb)} MB for ${FEWER_ROWS.toLocaleString('en')}` },
  ];
}

async function printed(flags, file, ...args) {
  const { stdout } = await promisify(execFile)(process.execPath, [...flags, here(file), ...args.map(String)]);
  return JSON.parse(stdout);
}
