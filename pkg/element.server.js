// For workers and edge functions, which draw pages without elements: the names that the code of a page imports.
export { texts } from './element/texts.js';

export class OutdialPhone {}
