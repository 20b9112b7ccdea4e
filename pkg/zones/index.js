import { text } from './data.js';

/** Calling codes under which a mobile number, too, belongs to a place: as libphonenumber's isNumberGeographical. */
const PLACED_MOBILES = ['52', '54', '55', '62', '86'];

let table;

/**
 * The time zones that a number may be in, as libphonenumber's PhoneNumberToTimeZonesMapper has them: those of its longest
 * known prefix, or all of its country's where its digits say nothing of a place. For a number that the plan does not know
 * these are all of its country's too.
 */
export function zonesOf({ e164, callingCode, type }) {
  table ??= read(text);
  const placed = type === 'fixed_line' || type === 'fixed_line_or_mobile' || (type === 'mobile' && PLACED_MOBILES.includes(callingCode));
  const digits = placed ? e164.slice(1) : callingCode;
  for (let length = digits.length; length > 0; length--) {
    const zones = table.get(Number(digits.slice(0, length)));
    if (zones) return zones;
  }
  return [];
}

function read(lines) {
  const found = new Map();
  for (const line of lines.split('\n')) {
    const [names, ...steps] = line.split(' ');
    const zones = names.split(',');
    let prefix = 0;
    for (const step of steps) found.set((prefix += parseInt(step, 36)), zones);
  }
  return found;
}
