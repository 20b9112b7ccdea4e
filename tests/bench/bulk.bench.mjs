import { execFile, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

export const name = 'in bulk';

const CONTACTS = 100_000;
const SLICES = 10;
// What createContacts does unless it is told otherwise.
const CONCURRENCY = 4;
// V8's young generation, three times this, is otherwise a third of the process: it grows to 48 MB under any load.
const SEMI_SPACE_MB = 8;
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
    const { oursMs, bareMs, firstPeakKb, peakKb, created } = await printed('./bulk-run.mjs', `${url}/api/public/v1`, CONTACTS, SLICES, CONCURRENCY);
    server.send('count');
    const [arrived] = await once(server, 'message');
    if (created !== CONTACTS || arrived < CONTACTS) throw new Error(`${created} created, ${arrived} arrived`);
    const many = `${CONTACTS.toLocaleString('en')} contacts`;
    const note = `${CONCURRENCY} at a time, slices in turn, sandbox in a process of its own (Node ${process.versions.node})`;
    return [
      { what: `${many}: rate of a bare fetch loop`, value: (bareMs / oursMs).toFixed(2), unit: '×', note: `${perSecond(1, oursMs)} a second over ${perSecond(1, bareMs)}; ${note}` },
      { what: `${many}: peak memory of the process`, value: megabytes(peakKb), unit: 'MB', note: `${megabytes(firstPeakKb)} MB after the first ${(CONTACTS / SLICES).toLocaleString('en')}; node --max-semi-space-size=${SEMI_SPACE_MB}` },
    ];
  } finally {
    server.disconnect();
  }
}

async function rows() {
  const fewer = await printed('./csv-run.mjs', FEWER_ROWS);
  const { ms, peakKb, good } = await printed('./csv-run.mjs', ROWS);
  if (good !== ROWS) throw new Error(`${good} rows were read`);
  const many = `${ROWS.toLocaleString('en')} CSV rows`;
  return [
    { what: `${many}: read and validated`, value: perSecond(ROWS, ms), unit: 'a second', note: 'validateContact of each' },
    { what: `${many}: peak memory of the process`, value: megabytes(peakKb), unit: 'MB', note: `${megabytes(fewer.peakKb)} MB for ${FEWER_ROWS.toLocaleString('en')}` },
  ];
}

async function printed(file, ...args) {
  const { stdout } = await promisify(execFile)(process.execPath, [`--max-semi-space-size=${SEMI_SPACE_MB}`, here(file), ...args.map(String)]);
  return JSON.parse(stdout);
}
