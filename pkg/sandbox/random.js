/** Seeded random numbers (xmur3 feeding sfc32): the same seed gives the same ids in every runtime. */
export function createRandom(seed) {
  const word = seedWords(String(seed));
  let [a, b, c, count] = [word(), word(), word(), 1];

  function next() {
    const sum = (a + b + count) | 0;
    count = (count + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + sum | 0;
    return sum >>> 0;
  }
  for (let round = 0; round < 12; round += 1) next();

  function hex(digits) {
    let text = '';
    while (text.length < digits) text += next().toString(16).padStart(8, '0');
    return text.slice(0, digits);
  }

  function uuid() {
    const variant = '89ab'[next() & 3];
    return `${hex(8)}-${hex(4)}-4${hex(3)}-${variant}${hex(3)}-${hex(12)}`;
  }

  /** 0 to less than 1. */
  const fraction = () => next() / 2 ** 32;

  return { hex, uuid, fraction };
}

function seedWords(text) {
  let hash = 1779033703 ^ text.length;
  for (let index = 0; index < text.length; index += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 3432918353);
    hash = (hash << 13) | (hash >>> 19);
  }
  return () => {
    hash = Math.imul(hash ^ (hash >>> 16), 2246822507);
    hash = Math.imul(hash ^ (hash >>> 13), 3266489909);
    return (hash ^= hash >>> 16) >>> 0;
  };
}
