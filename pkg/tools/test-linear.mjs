import { packageSteps } from './package.mjs';
import { runSteps } from './steps.mjs';
import { printTable } from './table.mjs';

const MB = 1_000_000;
const SIZES = [1, 2.5, 10].map((mb) => mb * MB);

/** Times every reader of what comes from outside at 1 to 10 MB: the time of a character must stay what it is. */
async function linear() {
  const { measure, MOST_GROWTH, PARSERS } = await import('../../tests/linear/parsers.mjs');
  const rows = [];
  const slow = [];
  for (const parser of PARSERS) {
    const { name, ns, growth } = await measure(parser, SIZES);
    rows.push([name, ...ns.map((one, at) => (one / SIZES[at]).toFixed(2)), growth.toFixed(2)]);
    console.log(rows.at(-1).join(' | '));
    if (growth >= MOST_GROWTH) slow.push(`${name}: ${growth.toFixed(1)}`);
  }
  printTable(['ns per character at', ...SIZES.map((size) => `${size / MB} MB`), 'last over first'], rows);
  if (slow.length > 0) throw new Error(`these grow faster than their input: ${slow.join('; ')}`);
}

await runSteps([...packageSteps, { name: 'linear time', run: linear, todo: 'a reader goes over the same text again and again: see its row' }]);
