import { KINDS } from './fault-kinds.js';
import { isFlag, isObject, isText } from './options.js';
import { createRandom } from './random.js';

const isCount = (value) => Number.isSafeInteger(value) && value >= 0;

const CHANCES = {
  times: { default: Infinity, is: isCount, expects: 'a whole number of at least 0' },
  skip: { default: 0, is: isCount, expects: 'a whole number of at least 0' },
  rate: { default: 1, is: (value) => Number.isFinite(value) && value >= 0 && value <= 1, expects: 'a number from 0 to 1' },
};

const MOST_RULES = 1_000;
const isPath = (value) => isText(value) || value instanceof RegExp;
const MATCHED = { provider: isText, operation: isText, method: isText, path: isPath };

const refused = (where, text) => new TypeError(`createSandbox: faults${where} ${text}`);

/** The faults of a list, checked, with their defaults. */
export function readFaults(list) {
  if (!Array.isArray(list)) throw refused('', 'must be a list');
  if (!(list.length <= MOST_RULES)) throw refused('', `may have ${MOST_RULES} rules at most`);
  // A gap in a list is no rule, and no kind.
  return Array.from(list, (given, index) => readRule(given, `[${index}]`));
}

/** A rule says when (`on`, chances) and offers one fault or, of kind `random`, several. */
function readRule(given, where) {
  if (!isObject(given)) throw refused(where, 'must be an object');
  const { on = {}, times, skip, rate, kind, kinds, ...rest } = given;
  const chances = readMembers(CHANCES, { times, skip, rate }, where);
  return { on: readOn(on, `${where}.on`), ...chances, faults: readOffer({ kind, kinds, rest }, where) };
}

function readOffer({ kind, kinds, rest }, where) {
  if (kind !== 'random') return [readFault({ kind, ...rest, ...(kinds !== undefined && { kinds }) }, where)];
  if (Object.keys(rest).length > 0) throw refused(where, `of kind random has no "${Object.keys(rest)[0]}"`);
  if (!Array.isArray(kinds) || kinds.length === 0) throw refused(`${where}.kinds`, 'must be a list of kinds or faults');
  if (!(kinds.length <= MOST_RULES)) throw refused(`${where}.kinds`, `may have ${MOST_RULES} kinds at most`);
  return Array.from(kinds, (one, index) => readFault(isText(one) ? { kind: one } : one, `${where}.kinds[${index}]`));
}

function readFault(given, where) {
  if (!isObject(given)) throw refused(where, 'must be a kind or an object');
  const { kind, processed, ...members } = given;
  if (!(isText(kind) && Object.hasOwn(KINDS, kind))) throw refused(`${where}.kind`, `must be one of ${Object.keys(KINDS).join(', ')} or random`);
  return { kind, processed: readProcessed(kind, processed, where), ...readMembers(KINDS[kind].members, members, where) };
}

function readProcessed(kind, asked, where) {
  const rule = KINDS[kind].processed;
  const fixed = { always: true, never: false }[rule];
  if (asked === undefined) return fixed ?? rule;
  if (!isFlag(asked)) throw refused(`${where}.processed`, 'must be true or false');
  if (fixed !== undefined && asked !== fixed) throw refused(`${where}.processed`, `cannot be ${asked} for ${kind}`);
  return asked;
}

function readMembers(known, given, where) {
  for (const name of Object.keys(given)) if (!Object.hasOwn(known, name)) throw refused(where, `has an unknown member "${name}"`);
  const entries = Object.entries(known).map(([name, member]) => {
    const value = given[name];
    if (value !== undefined && !member.is(value)) throw refused(`${where}.${name}`, `must be ${member.expects}`);
    return [name, value === undefined ? member.default : value];
  });
  return Object.fromEntries(entries);
}

function readOn(on, where) {
  if (!isObject(on)) throw refused(where, 'must be an object');
  for (const [name, value] of Object.entries(on)) {
    if (!Object.hasOwn(MATCHED, name)) throw refused(where, `has an unknown member "${name}"`);
    if (value !== undefined && !MATCHED[name](value)) throw refused(`${where}.${name}`, `must be a text${name === 'path' ? ' or a RegExp' : ''}`);
  }
  return on;
}

/** Deals out the faults of a list, the same for the same seed and the same order of requests. */
export function createFaults(rules, seed) {
  // One stream of chance per rule, apart from that of the ids: a rule more or less changes nothing else.
  const live = rules.map((rule, index) => ({ ...rule, random: createRandom(`${seed} fault ${index}`) }));

  function strikes(rule, request) {
    if (rule.times === 0 || !matches(rule.on, request)) return false;
    if (rule.skip > 0) {
      rule.skip -= 1;
      return false;
    }
    if (rule.rate < 1 && rule.random.fraction() >= rule.rate) return false;
    rule.times -= 1;
    return true;
  }

  return {
    /** The fault of this request (`{ provider, operation, method, path }`), if any: the first rule that strikes decides. */
    next(request) {
      const rule = live.find((one) => strikes(one, request));
      if (!rule || rule.faults.length === 1) return rule?.faults[0];
      return rule.faults[Math.floor(rule.random.fraction() * rule.faults.length)];
    },
  };
}

function matches(on, request) {
  for (const name in on) {
    const wanted = on[name];
    if (wanted === undefined) continue;
    const is = request[name];
    if (wanted instanceof RegExp ? is.search(wanted) < 0 : is !== wanted) return false;
  }
  return true;
}
