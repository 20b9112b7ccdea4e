import { engine, takeText } from './engine.js';
import { unknown } from './names.js';

/** How a verdict names the regions that are not two letters: no country, and none at all. */
const WORLD = 1000;
const NONE = 1023;

const A = 65;

let displayNames;
let indexed;

/** A region as the engine takes it: the codes of its letters; 0 for none. The engine says whether it exists. */
export function lettersOf(asked, region) {
  if (region === undefined) return 0;
  if (typeof region !== 'string') throw new TypeError(`${asked}: region must be a string`);
  if (!/^[A-Z]{2}$/.test(region)) throw unknown(asked, 'region', region);
  return (region.charCodeAt(0) << 8) | region.charCodeAt(1);
}

/** An answer of the engine, unless it says that there is no such region. */
export function known(answer, asked, region) {
  if (answer === -1) throw unknown(asked, 'region', region);
  return answer;
}

/** The region in a verdict, or undefined. */
export function regionOf(packed) {
  if (packed === NONE) return undefined;
  if (packed === WORLD) return '001';
  return String.fromCharCode(A + Math.trunc(packed / 26), A + (packed % 26));
}

/** A region as a verdict names it. */
export function packedRegion(asked, region, what) {
  if (typeof region !== 'string') throw new TypeError(`${asked}: ${what} must be a string`);
  if (region === '' || !regionIndexes().regions.includes(region)) throw unknown(asked, what, region);
  return pack(region);
}

/** Every region that has a numbering plan, by calling code. */
export function regions() {
  const lines = takeText(engine('regions').regions()).trim().split('\n');
  return lines.map((line) => ({ region: line.slice(0, 2), callingCode: line.slice(2) }));
}

/** All regions as the columns of a table have them: their names by index, 0 being none, and the index of each packed one. */
export function regionIndexes() {
  if (indexed) return indexed;
  const all = ['', ...regions().map(({ region }) => region), '001'];
  const indexes = new Uint16Array(NONE + 1);
  all.forEach((region, index) => (indexes[region === '' ? NONE : pack(region)] = index));
  return (indexed = { regions: all, indexes });
}

function pack(region) {
  return region === '001' ? WORLD : (region.charCodeAt(0) - A) * 26 + region.charCodeAt(1) - A;
}

/** The English name of a region; its code where the runtime knows none. */
export function regionName(region) {
  try {
    displayNames ??= new Intl.DisplayNames('en', { type: 'region' });
    return displayNames.of(region);
  } catch {
    return region;
  }
}
