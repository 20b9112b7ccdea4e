import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

const pkg = new URL('../../pkg/', import.meta.url);
// tests/ lies outside pkg/, where the development packages are.
const { resolve } = createRequire(new URL('package.json', pkg));

function libphonenumberJs(size) {
  return {
    name: `libphonenumber-js/${size}`,
    entry: resolve(`libphonenumber-js/${size}`),
    validation: 'parsePhoneNumber, isValidPhoneNumber',
    use: ({ default: library }) => ({
      isValid: (text) => library.isValidPhoneNumber(text),
      toE164: (text) => library.parsePhoneNumber(text).number,
      type(text) {
        const field = new library.AsYouType('US');
        let shown;
        for (const character of text) shown = field.input(character);
        return shown;
      },
    }),
  };
}

/** Libraries that read phone numbers: the file that a page imports, the part of it that validates, and how each job is done. */
export const PEERS = [
  {
    name: 'outdial/phone',
    entry: fileURLToPath(new URL('dist/node/phone.js', pkg)),
    pageEntry: fileURLToPath(new URL('phone.js', pkg)),
    validation: 'init, isE164, parsePhone, isValidPhone, toE164, checkPhones, regions, examplePhone',
    use: (library) => ({
      isValid: (text) => library.isValidPhone(text),
      toE164: (text) => library.toE164(text),
      checkArray: (texts) => library.checkPhones(texts),
      checkLines: (lines) => library.checkPhones(lines),
      type(text) {
        const field = library.asYouType('US');
        let shown = '';
        for (const character of text) shown = field.input(shown + character).text;
        return shown;
      },
    }),
  },
  libphonenumberJs('max'),
  libphonenumberJs('min'),
  {
    name: 'google-libphonenumber',
    entry: resolve('google-libphonenumber'),
    validation: 'PhoneNumberUtil, PhoneNumberFormat',
    use({ default: { PhoneNumberUtil, PhoneNumberFormat, AsYouTypeFormatter } }) {
      const util = PhoneNumberUtil.getInstance();
      return {
        isValid: (text) => util.isValidNumber(util.parse(text)),
        toE164: (text) => util.format(util.parse(text), PhoneNumberFormat.E164),
        type(text) {
          const field = new AsYouTypeFormatter('US');
          let shown;
          for (const character of text) shown = field.inputDigit(character);
          return shown;
        },
      };
    },
  },
  {
    name: 'awesome-phonenumber',
    entry: resolve('awesome-phonenumber'),
    validation: 'parsePhoneNumber',
    use: ({ default: { parsePhoneNumber, getAsYouType } }) => ({
      isValid: (text) => parsePhoneNumber(text).valid,
      toE164: (text) => parsePhoneNumber(text).number?.e164,
      type(text) {
        const field = getAsYouType('US');
        let shown;
        for (const character of text) shown = field.addChar(character);
        return shown;
      },
    }),
  },
];
