const names = new Intl.DisplayNames('en', { type: 'region', fallback: 'code' });

// Calling codes of no country: satellites, freephone, shared cost.
const NOBODYS = '001';

/** A region's name in English. */
export function regionName(region) {
  if (region === undefined || region === '') return 'no region';
  return region === NOBODYS ? 'the whole world' : names.of(region);
}
