import { truedy } from './truedy.js';

/** Every API that the sandbox serves; the first whose `serves(path)` is true answers. */
export const VENDORS = [truedy];
