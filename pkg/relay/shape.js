export const isPlainObject = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);
export const isOneOf = (words) => (value) => typeof value === 'string' && words.includes(value);
