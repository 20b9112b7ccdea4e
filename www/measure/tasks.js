import { asYouType, examplePhone, isValidPhone, parsePhone, regions, toE164 } from '../outdial.js';

const KINDS = ['fixed_line', 'mobile', 'toll_free', 'premium_rate', 'voip'];

/** Numbers of every country and several kinds of line, as a person writes them. */
export function corpus() {
  const phones = regions().flatMap(({ region }) => KINDS.map((kind) => examplePhone(region, kind))).filter(Boolean);
  return phones.map(({ international, national, region }) => ({ international, national, region }));
}

function keyByKey(type, text) {
  let shown = '';
  for (const character of text) shown = type(shown, character);
  return shown;
}

/** What both libraries can do: `ours` and `theirs` work on one number and give the answer. */
export const tasks = (peer) => [
  {
    title: 'Is an international number valid?',
    ours: ({ international }) => isValidPhone(international),
    theirs: ({ international }) => peer.isValidPhoneNumber(international),
  },
  {
    title: 'A national number to E.164',
    ours: ({ national, region }) => toE164(national, { region }),
    theirs: ({ national, region }) => peer.default(national, region)?.number,
  },
  {
    title: 'Read a number: region, kind, formats',
    ours({ international }) {
      const { phone } = parsePhone(international);
      return phone && phone.international && `${phone.region} ${phone.national}`;
    },
    theirs({ international }) {
      const phone = peer.default(international);
      phone?.getType();
      return phone && phone.formatInternational() && `${phone.country ?? '001'} ${phone.formatNational()}`;
    },
  },
  {
    title: 'Format a number key by key',
    ours({ national, region }) {
      const typist = asYouType(region);
      return keyByKey((shown, character) => typist.input(shown + character).text, digitsOf(national));
    },
    theirs({ national, region }) {
      const typist = new peer.AsYouType(region);
      return keyByKey((shown, character) => typist.input(character), digitsOf(national));
    },
  },
];

const digitsOf = (text) => text.replace(/\D/g, '');
