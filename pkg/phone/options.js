import { names, typeNumber } from './names.js';
import { lettersOf, packedRegion } from './region.js';

/** A number that may be either serves who wants one of them. */
const EITHER = 'fixed_line_or_mobile';

/** The numbers of the reasons that are the caller's own. */
const TYPE_NOT_ALLOWED = 9;
export const REGION_NOT_ALLOWED = 10;

/** More than there are of anything; an array of holes can have thousands of millions. */
const MOST_LISTED = 1_000;

const MODES = ['strict', 'lenient'];

const NO_OPTIONS = { region: undefined, letters: 0, lenient: 0, types: undefined, regions: undefined };

/**
 * Checks the options of the function `asked` and gives them as the engine takes them: `letters` of the region, `lenient` as 0
 * or 1, `types` as bits, `regions` as a set of packed regions. `allowed` names those that it has.
 */
export function readOptions(asked, options, allowed = ALL) {
  if (options === undefined) return NO_OPTIONS;
  if (typeof options !== 'object' || options === null) throw new TypeError(`${asked}: options must be an object`);
  const read = { ...NO_OPTIONS };
  for (const name of Object.keys(options)) {
    const value = options[name];
    if (!allowed.includes(name)) throw new TypeError(`${asked}: there is no option ${JSON.stringify(name)}`);
    if (value !== undefined) READERS[name](read, value, asked);
  }
  return read;
}

const READERS = {
  region(read, value, asked) {
    read.region = value;
    read.letters = lettersOf(asked, value);
  },
  mode(read, value, asked) {
    read.lenient = MODES.indexOf(value);
    if (read.lenient < 0) throw new RangeError(`${asked}: mode must be 'strict' or 'lenient'`);
  },
  types(read, value, asked) {
    read.types = list(asked, 'types', value).reduce((bits, type, index) => bits | bitsOf(type, asked, `types[${index}]`), 0);
  },
  regions(read, value, asked) {
    read.regions = new Set(list(asked, 'regions', value).map((region, index) => packedRegion(asked, region, `regions[${index}]`)));
  },
};

const ALL = Object.keys(READERS);

function list(asked, name, value) {
  if (!Array.isArray(value) || !(value.length <= MOST_LISTED)) throw new TypeError(`${asked}: ${name} must be an array, of ${MOST_LISTED} at most`);
  return value;
}

function bitsOf(type, asked, what) {
  const bit = 1 << typeNumber(asked, type, what);
  return type === 'fixed_line' || type === 'mobile' ? bit | (1 << names(asked).types.indexOf(EITHER)) : bit;
}

/** The number of the reason why a verdict is not the caller's idea of a phone number; 0 if it is. */
export function refusal(verdict, options) {
  if ((verdict & 1) === 0) return (verdict >> 8) & 15;
  if (options.types !== undefined && ((options.types >> ((verdict >> 1) & 15)) & 1) === 0) return TYPE_NOT_ALLOWED;
  if (options.regions !== undefined && !options.regions.has((verdict >> 14) & 1023)) return REGION_NOT_ALLOWED;
  return 0;
}
