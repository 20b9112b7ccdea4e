import { getEventListeners, setMaxListeners } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { createSandbox } from '../../pkg/sandbox/index.js';
import { createRandom } from '../../pkg/sandbox/random.js';
import { faultsOf } from '../js/support/fault-runs.mjs';
import { CALLS, clientOf, CONTACTS, each, outdial } from '../js/support/platforms.mjs';

/**
 * A process, to be run with --expose-gc, that does `total` operations of a seed, and after the first `first` of them and after
 * each tenth of all prints a line of JSON with what is in use: `heap`, bytes after garbage collection; `wasm`, bytes of the
 * module's memory; `objects`, slots of its tables of JavaScript objects; `listeners` at a signal that never fires; and
 * `endings`, how many operations ended how so far. Ten times `first` go before and do not count.
 */
const [total, first, seed] = process.argv.slice(2).map(Number);
if (!globalThis.gc) throw new Error('run it with node --expose-gc');

const WIDTH = 1_000;
const WARM_UP = 10;
const FAULTY = 0.05;
const PROVIDERS = Object.keys(CONTACTS);

// All that may hold on to something: the module is started by the first operation.
const instances = watchInstances();

function watchInstances() {
  const { Instance } = WebAssembly;
  const started = [];
  WebAssembly.Instance = function (module, imports) {
    const instance = new Instance(module, imports);
    started.push(instance);
    return instance;
  };
  return started;
}

const sizeOf = (kind, size) => instances.flatMap(({ exports }) => Object.values(exports)).filter((value) => value instanceof kind).reduce((sum, value) => sum + size(value), 0);

/** Collects garbage; what a finalizer or a timer lets go of is collected by the next round. */
async function collect(rounds) {
  for (let round = 0; round < rounds; round += 1) {
    globalThis.gc();
    await pause(20);
  }
}

async function measure(operations) {
  await collect(8);
  console.log(JSON.stringify({
    operations,
    heap: process.memoryUsage().heapUsed,
    wasm: sizeOf(WebAssembly.Memory, ({ buffer }) => buffer.byteLength),
    objects: sizeOf(WebAssembly.Table, ({ length }) => length),
    listeners: getEventListeners(lasting.signal, 'abort').length,
    endings,
  }));
}

const endings = {};
const count = (ending) => (endings[ending] = (endings[ending] ?? 0) + 1);

const TEXTS = [
  ['(415) 555-2671', { region: 'US' }],
  ['+9198765xxxxx', {}],
  ['1-800-FLOWERS', { region: 'US', mode: 'lenient' }],
  ['tel:+49-30-123456;ext=7', {}],
  ['０２０ ７９４６ ０９５８', { region: 'GB' }],
  ['no number at all', {}],
];

/** What needs no network. */
const PURE = [
  (at) => outdial.parsePhone(...TEXTS[at % TEXTS.length]).ok,
  (at) => outdial.toE164(`+1415${2_000_000 + (at % 7_000_000)}`) !== undefined,
  (at) => outdial.findPhones(`call 020 7946 0958 or +1415${2_000_000 + (at % 7_000_000)} now`, { region: 'GB' }).length > 0,
  () => outdial.asYouType('US').input('4155552671').text !== '',
  (at, client) => outdial.validateContact(client, { ...CONTACTS[client.provider], phoneNumber: TEXTS[at % TEXTS.length][0] }).length === 0,
  (at, client) => outdial.validateCall(client, at % 2 ? CALLS[client.provider] : { phoneNumber: 7, settings: { maxDurationSeconds: -1 } }).length === 0,
  () => outdial.checkPolicy({ regions: ['US'] }, '+14155552671').allowed === true,
];

// One signal for all that never fires, as a server has, and some that do.
const lasting = new AbortController();
setMaxListeners(0, lasting.signal);
const signalOf = (random) => (random.fraction() < 0.02 ? AbortSignal.timeout(Math.floor(random.fraction() * 60)) : lasting.signal);

async function create(operation, at, client, random) {
  const input = (operation === 'createCall' ? CALLS : CONTACTS)[client.provider];
  const phoneNumber = at % 50 === 0 ? '+9198765xxxxx' : `+1415${2_000_000 + (at % 7_000_000)}`;
  try {
    await outdial[operation](client, { ...input, phoneNumber }, { signal: signalOf(random) });
    count(`${operation} ok`);
  } catch (error) {
    if (!outdial.isOutdialError(error)) throw error;
    count(`${operation} ${error.code}`);
  }
}

async function one(at, clients, random) {
  const client = clients[at % clients.length];
  const kind = Math.floor(random.fraction() * 5);
  if (kind < 2) return create(kind === 0 ? 'createContact' : 'createCall', at, client, random);
  count(PURE[at % PURE.length](at, client) ? 'synchronous, yes' : 'synchronous, no');
}

const sandbox = createSandbox({ seed, clock: 'live', rateLimit: false, kore: { rateLimit: false } });
const config = { timeoutMs: 60, maxRetries: 2, totalTimeoutMs: 2_000 };
const open = () => PROVIDERS.map((provider) => clientOf(provider, sandbox, config));
// Some clients live as long as the process, others for a slice.
const lastingClients = open();

let next = 0;

/** As many operations as go before the first mark, with clients and chances of their own. */
async function slice() {
  const from = next;
  next += first;
  // What the platform has stored is not what is measured.
  sandbox.reset({ seed: seed + from });
  const random = createRandom(`slice ${seed + from}`);
  const [{ kinds }] = faultsOf(random);
  sandbox.faults([{ kind: 'random', rate: FAULTY, kinds }]);
  const clients = [...lastingClients, ...open()];
  await each(Array.from({ length: first }, (_, index) => from + index), WIDTH, (at) => one(at, clients, random));
  // Node keeps each Request in a registry until it is collected; how large that grew would hang on when that was.
  await collect(1);
}

// The engine compiles what is used often, and keeps that with the data: it must have done so before.
for (let round = 0; round < WARM_UP; round += 1) await slice();
Object.keys(endings).forEach((ending) => delete endings[ending]);

const marks = new Set([first, ...Array.from({ length: 10 }, (_, tenth) => ((tenth + 1) * total) / 10)]);
for (let done = first; done <= total; done += first) {
  await slice();
  if (!marks.has(done)) continue;
  sandbox.reset();
  await measure(done);
}
