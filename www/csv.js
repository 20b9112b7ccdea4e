export { readContactsCsv } from '/outdial/csv.js';
