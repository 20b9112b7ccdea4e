#!/usr/bin/env node
import { parseArgs } from 'node:util';
import { serveSandbox } from '../sandbox/server.js';

const USAGE = `outdial sandbox [--port 4010] [--host 127.0.0.1] [--seed 1] [--generation narrative|openapi]
  Serves the sandbox of the Truedy API: no account, no key. Calls live by this machine's clock. Ctrl-C stops it.`;

const OPTIONS = {
  port: { type: 'string', default: '4010' },
  host: { type: 'string', default: '127.0.0.1' },
  seed: { type: 'string', default: '1' },
  generation: { type: 'string', default: 'narrative' },
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
  const server = await serveSandbox({ port, host, seed, generation, clock: 'live' });
  console.log(`Truedy sandbox: ${server.url}/api/public/v1 (any API key; Ctrl-C stops)`);
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => server.close());
}
