import { examplePhone } from '../outdial.js';

const HEAD = 'Name,Surname,Mobile,Mail,Plan\r\n';
const FIRST = ['Ada', 'Grace', 'Alan', 'Edsger', 'Barbara', 'Linus', 'Radia', 'Ken', 'Margaret', 'Dennis'];
const LAST = ['Lovelace', 'Hopper', 'Turing', 'Dijkstra', 'Liskov', 'Torvalds', 'Perlman', 'Thompson', 'Hamilton', 'Ritchie'];
const PLANS = ['free', 'pro', 'team'];

// How many of a hundred rows come from each country; the rest is trouble.
const COUNTRIES = { US: 28, GB: 13, DE: 11, IN: 10, BR: 8, FR: 6, MX: 4, JP: 4, ZA: 3, AU: 3, NG: 2, SE: 2 };

const TROUBLE = [
  (digits) => `+9198765xxxxx`.replace('765', digits.slice(0, 3)),
  () => '1-800-FLOWERS',
  (digits) => `+1 900 555 ${digits.slice(0, 4)}`,
  (digits) => `+870 773 ${digits.slice(0, 6)}`,
  () => '',
  (digits) => `+44 20 ${digits.slice(0, 3)}`,
  (digits) => `+49 30 ${digits}${digits}${digits}`,
];

/** A list that is made up, the same for the same number of rows, with the faults that lists have. */
export function makeSample(rows) {
  const random = createRandom(rows);
  const pick = (list) => list[Math.floor(random() * list.length)];
  const starts = Object.entries(COUNTRIES).flatMap(([region, share]) => Array(share).fill(examplePhone(region, 'mobile').e164.slice(0, -4)));
  const chunks = [HEAD];
  for (let row = 0; row < rows; row += 1) {
    const digits = String(Math.floor(random() * 1e7)).padStart(7, '0');
    const place = Math.floor(random() * 100);
    const phone = place < starts.length ? starts[place] + digits.slice(0, 4) : pick(TROUBLE)(digits);
    const [first, last] = [pick(FIRST), pick(LAST)];
    const mail = row % 97 === 0 ? `${first}@example` : `${first.toLowerCase()}.${last.toLowerCase()}@example.com`;
    chunks.push(`${first},"${last}",${phone},${mail},${pick(PLANS)}\r\n`);
  }
  return new File(chunks, `sample-${rows}.csv`, { type: 'text/csv' });
}

/** mulberry32: small, and good enough for a sample. */
function createRandom(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
