/** What elements say, for a page to put its own words in place of these. Names of countries come from the browser. */
export const texts = {
  /** The name of a field that has no label. */
  number: 'Phone number',
  country: 'Country',
  search: 'Name, code or calling code',
  results: (count) => (count === 1 ? '1 result' : `${count} results`),
  required: 'Enter a phone number',
  /** The reason why a number is refused: what parsePhone answers. */
  invalid: ({ message }) => message,
};
