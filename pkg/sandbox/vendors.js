import { kore } from './kore.js';
import { thoughtly } from './thoughtly.js';
import { truedy } from './truedy.js';

/** Every API that the sandbox serves; their paths do not overlap, so that one server is all three. */
export const VENDORS = [truedy, thoughtly, kore];
