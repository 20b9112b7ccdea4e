import { regions } from '../phone.js';

const lists = new Map();
let codes;
let drawsFlags;

/** Every country by name in a language: `{ region, callingCode, name, main, words }`. */
export function countries(language) {
  if (!lists.has(language)) lists.set(language, listOf(language));
  return lists.get(language);
}

function listOf(language) {
  const [nameOf, englishOf] = [namer(language), namer('en')];
  const list = regions().map(({ region, callingCode }) => {
    const name = nameOf(region);
    const words = [...new Set([name, englishOf(region)])].map(plain);
    return { region, callingCode, name, main: mainRegion(callingCode) === region, words };
  });
  const { compare } = new Intl.Collator(language);
  return list.sort((one, other) => compare(one.name, other.name));
}

/** The name of a region in a language; its code where the runtime knows none. */
export function countryName(region, language) {
  return namer(language)(region);
}

function namer(language) {
  try {
    const names = new Intl.DisplayNames([language], { type: 'region' });
    return (region) => names.of(region);
  } catch {
    return (region) => region;
  }
}

/** The countries that somebody means who types a name, a country's code or a calling code; the likeliest first. */
export function search(list, query) {
  const [prefix] = query.match(/^\s*(?:\+|00)/) ?? [''];
  const digits = query.slice(prefix.length).trim();
  // A `+` alone is any of them.
  const rank = /^\d+$/.test(digits) || (prefix && digits === '') ? (country) => rankByCode(country, digits) : rankByName(plain(query.trim()));
  const ranked = list.map((country) => ({ country, rank: rank(country) })).filter((one) => one.rank >= 0);
  return ranked.sort((one, other) => one.rank - other.rank).map(({ country }) => country);
}

function rankByCode({ callingCode, main }, digits) {
  if (callingCode === digits) return main ? 0 : 1;
  return callingCode.startsWith(digits) ? 2 : -1;
}

function rankByName(query) {
  return ({ region, words }) => {
    if (query === '' || region.toLowerCase() === query) return 0;
    if (words.some((word) => word.startsWith(query))) return 1;
    if (words.some((word) => word.includes(` ${query}`))) return 2;
    return words.some((word) => word.includes(query)) ? 3 : -1;
  };
}

/** Without capitals and accents, and with any hyphen as a space. */
function plain(text) {
  return text.normalize('NFD').replace(/\p{M}/gu, '').replace(/[-‐‑]/g, ' ').toLowerCase();
}

/** The flag as a text, or the letters of the code where the system draws no flags. */
export function flagOf(region) {
  drawsFlags ??= canDraw(flag('GB'), flag('G'));
  return drawsFlags ? flag(region) : region;
}

const flag = (letters) => String.fromCodePoint(...[...letters].map((letter) => letter.charCodeAt(0) + 0x1f1a5));

/** Whether two letters become one picture: then they are not twice as wide as one. */
function canDraw(pair, one) {
  try {
    const context = document.createElement('canvas').getContext('2d');
    return context.measureText(pair).width < 1.5 * context.measureText(one).width;
  } catch {
    return false;
  }
}

/** The calling code of a region, or undefined. */
export function callingCodeOf(region) {
  return known().byRegion.get(region);
}

/** The country that a calling code belongs to first. */
export function mainRegion(callingCode) {
  return known().main.get(callingCode);
}

/** The calling code that a text of digits begins with; undefined if there is none. */
export function leadingCallingCode(digits) {
  return [1, 2, 3].map((length) => digits.slice(0, length)).find((code) => known().main.has(code));
}

function known() {
  if (codes) return codes;
  codes = { byRegion: new Map(), main: new Map() };
  // The first of each code is its main one.
  for (const { region, callingCode } of regions()) {
    codes.byRegion.set(region, callingCode);
    if (!codes.main.has(callingCode)) codes.main.set(callingCode, region);
  }
  return codes;
}
