import { setImmediate as turn } from 'node:timers/promises';
import { fc } from './fast-check.mjs';
import { outcomeOf, problemOf, shown } from './oracle.mjs';
import { Own, spoil, SPOILT } from './recipes.mjs';
import { openTargets } from './targets.mjs';

// What is unhandled is reported in a later turn; the caller's own it may report itself.
const unhandled = [];
process.on('unhandledRejection', (reason) => unhandled.push(reason));

const NAMES_OF_OBJECT = Reflect.ownKeys(Object.prototype).length;

/** Does one case; throws if a promise of the package is broken. */
async function check(target, spoilt) {
  const own = new Own();
  const args = spoil(target.args(), spoilt, own, target.without);
  const { error } = await outcomeOf(() => target.call(args));
  // What a WeakRef has seen, and every Request has one, stays in memory until the turn ends; most cases wait for no other.
  await turn();
  const problem = error === undefined ? undefined : problemOf(error, { ...target, own });
  if (problem) throw new Error(`${target.name}: ${problem}: ${shown(error)}`);
  if (Reflect.ownKeys(Object.prototype).length !== NAMES_OF_OBJECT) throw new Error(`${target.name}: Object.prototype has grown: ${Reflect.ownKeys(Object.prototype).map(String)}`);
  const unowned = unhandled.splice(0).filter((reason) => !own.has(reason));
  if (unowned.length > 0) throw new Error(`${target.name}: a rejection that nobody handles: ${shown(unowned[0])}`);
}

/**
 * Calls every public function `runs` times with arguments that recipes of `seed` have spoilt; `beat` hears of each case before
 * it begins. It begins no other function after
 * `untilMs`. Gives how many cases ran and, of each function that broke a promise, the smallest case.
 */
export async function fuzzValues({ seed, runs, untilMs = Infinity, beat = () => {}, only = () => true }) {
  const findings = [];
  let count = 0;
  for (const target of (await openTargets()).filter(({ name }) => only(name))) {
    if (Date.now() > untilMs) break;
    const property = fc.asyncProperty(SPOILT, async (spoilt) => {
      count += 1;
      beat(target.name, spoilt);
      await check(target, spoilt);
    });
    const { failed, counterexample, errorInstance, seed: used, counterexamplePath } = await fc.check(property, { seed, numRuns: runs, maxSkipsPerRun: 0 });
    if (failed) findings.push({ name: target.name, seed: used, path: counterexamplePath, spoilt: counterexample?.[0], message: String(errorInstance?.message ?? errorInstance) });
  }
  return { count, findings };
}
