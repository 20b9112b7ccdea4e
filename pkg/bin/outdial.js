#!/usr/bin/env node
import { parseArgs } from 'node:util';
import { serveSandbox } from '../sandbox/server.js';

const USAGE = `outdial sandbox [--port 4010] [--host 127.0.0.1] [--seed 1] [--generation narrative|openapi] [--faults JSON]
  Serves the sandbox of the Truedy, Thoughtly and Kore.ai APIs: no account, no key. Calls live by this machine's clock.
  --faults takes a list, e.g. '[{"kind":"status","status":502,"rate":0.1}]'; the kinds stand in sandbox/README.md.
  Ctrl-C stops it.`;

const OPTIONS = {
  port: { type: 'string', default: '4010' },
  host: { type: 'string', default: '127.0.0.1' },
  seed: { type: 'string', default: '1' },
  generation: { type: 'string', default: 'narrative' },
  faults: { type: 'string', default: '[]' },
  help: { type: 'boolean', short: 'h', default: false },
};

try {
  await main(process.argv.slice(2));
} catch (error) {
  console.error(`outdial: ${error.code === 'EADDRINUSE' ? 'the port is taken; choose another with --port' : error.message}`);
  process.exitCode = 1;
}

async function main(args) {
  const { values, positionals } = parseArgs({ args, options: OPTIONS, allowPositionals: true });
  if (values.help) return console.log(USAGE);
  if (positionals.join(' ') !== 'sandbox') throw new Error(`expected the command "sandbox"\n${USAGE}`);
  const port = Number(values.port);
  if (!/^\d+$/.test(values.port) || port > 65535) throw new Error(`--port must be 0 to 65535, not "${values.port}"`);

  const { host, seed, generation } = values;
  const server = await serveSandbox({ port, host, seed, generation, faults: readFaults(values.faults), clock: 'live' });
  console.log(`Sandbox (any key; Ctrl-C stops)
  Truedy     ${server.url}/api/public/v1
  Thoughtly  ${server.url}
  Kore.ai    ${server.url}`);
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => server.close());
}

function readFaults(text) {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new Error(`--faults must be JSON: ${cause.message}`, { cause });
  }
}
