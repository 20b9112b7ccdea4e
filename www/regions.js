const names = new Intl.DisplayNames('en', { type: 'region', fallback: 'code' });

// Satellites, and services of the whole world.
const NOBODYS = '001';

/** A region's name in English. */
export function regionName(region) {
  if (region === undefined || region === '') return 'no region';
  return region === NOBODYS ? 'no country' : names.of(region);
}
