import { names } from './names.js';
import { regionOf } from './region.js';

/** How many lines the engine writes about a number. */
export const PHONE_LINES = 8;

/** A number as plain data, from the lines that the engine wrote about it from `start` on. */
export function phoneOf(lines, start) {
  const verdict = Number(lines[start]);
  const nationalNumber = lines[start + 2];
  const extension = lines[start + 3];
  const e164 = lines[start + 4];
  const region = regionOf((verdict >> 14) & 1023);
  const { types, possibilities } = names('parsePhone');
  return {
    e164,
    ...(region && { region }),
    callingCode: e164.slice(1, e164.length - nationalNumber.length),
    nationalNumber,
    ...(extension && { extension }),
    type: types[(verdict >> 1) & 15],
    valid: (verdict & 1) === 1,
    possibility: possibilities[(verdict >> 5) & 7],
    international: lines[start + 5],
    national: lines[start + 6],
    uri: lines[start + 7],
  };
}
