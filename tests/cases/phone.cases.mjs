import { deepEqual, equal, ok } from '../js/support/check.mjs';

/** What a dialler must not guess: strict refuses it, lenient reads it as libphonenumber does. */
const TROUBLE = [
  ['a masked number', '+9198765xxxxx', undefined],
  ['a number masked with capitals', '+1415555XXXX', undefined],
  ['letters of a hexadecimal text', '+44 7911 12ABCD', '+447911122223'],
  ['letters behind a number', '+14155552671ABC', undefined],
  ['text before a number', 'call +1 415 555 2671', '+14155552671'],
  ['text after a number', '+1 415 555 2671 at noon', undefined],
  ['a NUL behind a number', '+14155552671\u0000', '+14155552671'],
  ['a right-to-left mark inside', '+1415\u200f5552671', undefined],
  ['a zero-width space inside', '+1415\u200b5552671', '+14155552671'],
  ['two numbers in one text', '+14155552671/+442079460958', undefined],
  ['a vanity number', '+1 800 FLOWERS', '+18003569377'],
];

const READ_ALIKE = [
  ['+1 (415) 555-2671', undefined, '+14155552671'],
  ['\t+14155552671\n', undefined, '+14155552671'],
  ['tel:+1-415-555-2671', undefined, '+14155552671'],
  ['+1 415 555 2671 ext. 5', undefined, '+14155552671'],
  ['020 7946 0958', 'GB', '+442079460958'],
  ['00 44 20 7946 0958', 'DE', '+442079460958'],
  ['+39 06 698 12345', undefined, '+390669812345'],
  ['＋１４１５５５５２６７１', undefined, '+14155552671'],
  ['+١٤١٥٥٥٥٢٦٧١', undefined, '+14155552671'],
];

const REFUSED = [
  ['', undefined, 'not_a_number', 'Not a phone number'],
  ['hello', undefined, 'not_a_number', 'Not a phone number'],
  ['030 123456', undefined, 'invalid_calling_code', 'The country calling code is missing or does not exist'],
  ['+999 123456', undefined, 'invalid_calling_code', 'The country calling code is missing or does not exist'],
  ['+49 1', undefined, 'too_short', 'Too short for a number in Germany'],
  ['+505 2123456', 'DE', 'too_short', 'Too short for a number in Nicaragua'],
  ['030', 'DE', 'local_only', 'The area code is missing for a number in Germany'],
  ['030 123456 123456 123456 123456', 'DE', 'too_long', 'Too long for a number in Germany'],
  ['+1 415 555 26711', undefined, 'too_long', 'Too long for a number in United States'],
  ['+1 555 2671', undefined, 'local_only', 'The area code is missing for a number in United States'],
  ['+1 000 000 0000', undefined, 'unassigned', 'No such number in United States'],
  ['+800 1234', undefined, 'too_short', 'Too short for a number'],
];

const UNREADABLE = [
  ['an empty text', ''],
  ['NUL', '\0'],
  ['a lone high surrogate', '\ud83d'],
  ['a lone low surrogate', '\udc00+14155552671'],
  ['emoji', '📞☎️'],
  ['10,000 plus signs', '+'.repeat(10_000)],
  ['a megabyte of digits', '1'.repeat(1 << 20)],
  ['a megabyte of brackets', '('.repeat(1 << 20)],
  ['a megabyte of emoji', '😀'.repeat(1 << 18)],
  ['a megabyte of extensions', '+1 415 555 2671 ext. '.repeat(50_000)],
];

const NOT_STRINGS = [undefined, null, 0, 14155552671, true, {}, [], ['+14155552671'], new Date(0), () => '+1', Symbol('+1'), new String('+14155552671')];

/** The error that `work` throws. */
function thrown(work) {
  try {
    work();
  } catch (error) {
    return error;
  }
  throw new Error('nothing was thrown');
}

/** Each function of the phone part that takes a text, by name. */
function readers(outdial) {
  return [
    ...['isE164', 'isValidPhone', 'toE164', 'parsePhone', 'findPhones'].map((name) => [name, (text) => outdial[name](text)]),
    ['asYouType.input', (text) => outdial.asYouType('US').input(text)],
  ];
}

const readingCases = (outdial) => [
  ...TROUBLE.map(([what, text, lenient]) => ({
    name: `strict refuses ${what}: ${JSON.stringify(text)}`,
    run() {
      equal(outdial.parsePhone(text).code, 'not_a_number');
      equal(outdial.isValidPhone(text), false);
      equal(outdial.toE164(text), undefined);
      if (lenient) equal(outdial.toE164(text, { mode: 'lenient' }), lenient, 'lenient');
    },
  })),
  ...READ_ALIKE.map(([text, region, e164]) => ({
    name: `both modes read ${JSON.stringify(text)}${region ? ` in ${region}` : ''}`,
    run() {
      for (const mode of ['strict', 'lenient']) equal(outdial.toE164(text, { region, mode }), e164, mode);
    },
  })),
  ...REFUSED.map(([text, region, code, message]) => ({
    name: `${JSON.stringify(text)}${region ? ` in ${region}` : ''} is refused: ${message}`,
    run() {
      const result = outdial.parsePhone(text, { region });
      deepEqual([result.ok, result.code, result.message], [false, code, message]);
    },
  })),
  {
    name: 'a phone is plain data with every format',
    run() {
      const { ok: fine, phone } = outdial.parsePhone('020 7946 0958 x12', { region: 'GB' });
      equal(fine, true);
      const expected = {
        e164: '+442079460958', region: 'GB', callingCode: '44', nationalNumber: '2079460958', extension: '12', type: 'fixed_line', valid: true,
        possibility: 'is_possible', international: '+44 20 7946 0958 x12', national: '020 7946 0958 x12', uri: 'tel:+44-20-7946-0958;ext=12',
      };
      deepEqual(phone, expected);
      deepEqual(JSON.parse(JSON.stringify(phone)), expected, 'JSON');
      deepEqual(structuredClone(phone), expected, 'structuredClone');
    },
  },
  {
    name: 'what could be read of a number that is refused comes with the refusal',
    run() {
      const { phone } = outdial.parsePhone('+505 2123456');
      deepEqual([phone.e164, phone.valid, phone.possibility], ['+5052123456', false, 'too_short']);
      equal('phone' in outdial.parsePhone('hello'), false);
    },
  },
];

const hostileCases = (outdial) => [
  ...UNREADABLE.map(([what, text]) => ({
    name: `${what} gets an answer from every function, at once`,
    run() {
      const from = performance.now();
      for (const [name, read] of readers(outdial)) ok(read(text) !== null, name);
      outdial.checkPhones([text, '+14155552671', text]).e164(1);
      outdial.checkPhones(text);
      equal(outdial.toE164('+14155552671'), '+14155552671', 'afterwards');
      ok(performance.now() - from < 10_000, `${Math.round(performance.now() - from)} ms`);
    },
  })),
  {
    name: 'what is no string is a TypeError that names the argument',
    run() {
      for (const [name, read] of readers(outdial)) {
        for (const value of NOT_STRINGS) {
          const error = thrown(() => read(value));
          ok(error instanceof TypeError && error.message === `${name}: text must be a string`, `${name}: ${error}`);
        }
      }
      ok(/texts\[1\] must be a string/.test(thrown(() => outdial.checkPhones(['+1', 2])).message), 'an item');
      ok(/texts must be/.test(thrown(() => outdial.checkPhones(7)).message), 'texts');
    },
  },
  {
    name: 'a region, mode, type or option that does not exist is refused by name',
    run() {
      const { parsePhone, isValidPhone, toE164, checkPhones, findPhones, asYouType, examplePhone } = outdial;
      for (const region of ['ZZ', 'gb', 'GBR', '', '001', 'G\u0142', '\ud800']) {
        for (const ask of [parsePhone, isValidPhone, toE164, checkPhones, findPhones]) {
          const error = thrown(() => ask('1', { region }));
          ok(error instanceof RangeError && error.message.includes(JSON.stringify(region)), `${ask.name}: ${error}`);
        }
        ok(thrown(() => asYouType(region)) instanceof RangeError, `asYouType ${region}`);
        ok(thrown(() => examplePhone(region)) instanceof RangeError, `examplePhone ${region}`);
      }
      ok(thrown(() => parsePhone('1', { mode: 'loose' })) instanceof RangeError, 'mode');
      ok(thrown(() => parsePhone('1', { types: ['cell'] })).message.includes('"cell"'), 'types');
      ok(thrown(() => parsePhone('1', { regions: ['UK'] })).message.includes('"UK"'), 'regions');
      ok(thrown(() => parsePhone('1', { country: 'GB' })).message.includes('"country"'), 'an option');
      ok(thrown(() => findPhones('1', { mode: 'lenient' })).message.includes('"mode"'), 'an option of others');
      for (const options of ['GB', null, 7]) ok(thrown(() => parsePhone('1', options)) instanceof TypeError, String(options));
    },
  },
];

const restrictionCases = (outdial) => [
  {
    name: 'a kind of line that the caller does not accept is refused',
    run() {
      const result = outdial.parsePhone('+1 800 555 0199', { types: ['mobile', 'fixed_line'] });
      deepEqual([result.ok, result.code, result.phone.type, result.phone.valid], [false, 'type_not_allowed', 'toll_free', true]);
      equal(outdial.isValidPhone('+18005550199', { types: ['mobile'] }), false);
      equal(outdial.toE164('+18005550199', { types: ['toll_free'] }), '+18005550199');
    },
  },
  {
    name: 'who accepts mobiles accepts numbers that may be mobiles',
    run() {
      equal(outdial.isValidPhone('+14155552671', { types: ['mobile'] }), true);
      equal(outdial.isValidPhone('+14155552671', { types: ['fixed_line'] }), true);
      equal(outdial.isValidPhone('+442079460958', { types: ['mobile'] }), false);
    },
  },
  {
    name: 'a region that the caller does not accept is refused',
    run() {
      const result = outdial.parsePhone('+1 204 234 5678', { regions: ['US', 'GB'] });
      deepEqual([result.ok, result.code, result.message], [false, 'region_not_allowed', 'Numbers in Canada are not accepted']);
      equal(outdial.isValidPhone('+80012345678', { regions: ['001'] }), true);
      equal(outdial.isValidPhone('+80012345678', { regions: ['US'] }), false);
    },
  },
];

const columnCases = (outdial) => [
  {
    name: 'columns say of every row what parsePhone says',
    run() {
      const texts = ['+14155552671', '', '+9198765xxxxx', '+44 7400 123456', 'x'.repeat(600), '+１４１５５５５２６７１', '+4930', '+80012345678'];
      for (const input of [texts, texts.join('\n')]) {
        const columns = outdial.checkPhones(input);
        equal(columns.length, texts.length);
        texts.forEach((text, row) => {
          const result = outdial.parsePhone(text);
          equal(columns.valid[row], Number(result.ok), text);
          equal(columns.reasons[columns.reason[row]], result.code ?? '', text);
          equal(columns.types[columns.type[row]], result.phone?.type ?? 'unknown', text);
          equal(columns.regions[columns.region[row]], result.phone?.region ?? '', text);
          equal(columns.e164(row), outdial.toE164(text), text);
        });
      }
    },
  },
  {
    name: 'a text with line feeds is one text of an array, and lines of a string',
    run() {
      const columns = outdial.checkPhones(['+14155552671', '+1415\n5552671', '+442079460958\n']);
      deepEqual([...columns.valid], [...['+14155552671', '+1415\n5552671', '+442079460958\n'].map((text) => Number(outdial.isValidPhone(text)))]);
      equal(outdial.checkPhones('+14155552671\r\n+442079460958\r\n').length, 2);
      equal(outdial.checkPhones('').length, 0);
      equal(outdial.checkPhones([]).length, 0);
      equal(outdial.checkPhones([''])?.length, 1);
      equal(outdial.checkPhones('\n').length, 1);
    },
  },
  {
    name: 'options hold for every row',
    run() {
      const columns = outdial.checkPhones(['020 7946 0958', '07400 123456', '+14155552671'], { region: 'GB', types: ['mobile'], regions: ['GB'] });
      deepEqual([...columns.reason].map((reason) => columns.reasons[reason]), ['type_not_allowed', '', 'region_not_allowed']);
      deepEqual([0, 1, 2].map(columns.e164), [undefined, '+447400123456', undefined]);
    },
  },
  {
    name: 'long lines and long lists cross the memory in pieces',
    run() {
      const long = '7'.repeat(100_000);
      const lines = Array.from({ length: 20_000 }, (_, row) => (row % 1000 === 0 ? long : `+1415555${String(row).padStart(4, '0').slice(-4)}`));
      const [one, other] = [outdial.checkPhones(lines), outdial.checkPhones(lines.join('\n'))];
      equal(one.length, lines.length);
      deepEqual([...other.valid], [...one.valid]);
      equal(one.valid[1000], 0);
      equal(other.e164(19_999), '+14155559999');
    },
  },
  {
    name: 'a million rows take no more than their columns',
    run() {
      const columns = outdial.checkPhones('+14155552671\n'.repeat(1_000_000));
      equal(columns.length, 1_000_000);
      equal(columns.valid.reduce((sum, valid) => sum + valid, 0), 1_000_000);
      equal(columns.valid.byteLength + columns.type.byteLength + columns.region.byteLength + columns.reason.byteLength, 5_000_000);
    },
  },
];

const fieldCases = (outdial) => [
  {
    name: 'typing keeps the caret behind the digit it was behind',
    run() {
      const field = outdial.asYouType('US');
      deepEqual(field.input('4155552671'), { text: '(415) 555-2671', caret: 14 });
      deepEqual(field.input('(4195) 555-2671', 4), { text: '41955552671', caret: 3 }, 'an inserted digit');
      deepEqual(field.input('4155552671', 2), { text: '(415) 555-2671', caret: 3 }, 'a deleted digit');
      deepEqual(field.input('(415)555-2671', 5), { text: '(415) 555-2671', caret: 4 }, 'a deleted space');
      deepEqual(field.input('415) 555-2671', 0), { text: '(415) 555-2671', caret: 0 }, 'a deleted bracket');
    },
  },
  {
    name: 'two fields do not know of each other',
    run() {
      const [one, other] = [outdial.asYouType('US'), outdial.asYouType()];
      one.input('415555');
      equal(other.input('+44207946').text, '+44 20 7946');
      equal(one.input('4155552671', null).text, '(415) 555-2671');
    },
  },
  {
    name: 'a caret that is no place in a text is refused',
    run() {
      const field = outdial.asYouType('US');
      for (const caret of [-1, 1.5, NaN, '1']) ok(thrown(() => field.input('415', caret)) instanceof TypeError, String(caret));
      deepEqual(field.input('415', 99), { text: '415', caret: 3 });
    },
  },
  {
    name: 'places in a text are counted in UTF-16 units',
    run() {
      const text = '😀 é 020 7946 0958 😀 +1 (415) 555-2671 x12';
      const found = outdial.findPhones(text, { region: 'GB' });
      deepEqual(found.map(({ start, end }) => text.slice(start, end)), ['020 7946 0958', '+1 (415) 555-2671 x12']);
      deepEqual(found.map(({ phone }) => phone), found.map(({ start, end }) => outdial.parsePhone(text.slice(start, end), { region: 'GB' }).phone));
    },
  },
  {
    name: 'a long text is searched whole',
    run() {
      const text = `${'lorem ipsum '.repeat(40_000)}+14155552671`;
      deepEqual(outdial.findPhones(text).map(({ end }) => end), [text.length]);
      equal(outdial.findPhones('+14155552671, '.repeat(5000)).length, 5000);
      equal(outdial.toE164('+442079460958'), '+442079460958');
    },
  },
];

const planCases = (outdial) => [
  {
    name: 'regions are those of the plan, with their calling codes',
    run() {
      const regions = outdial.regions();
      ok(regions.length >= 245, `${regions.length} regions`);
      deepEqual(regions[0], { region: 'US', callingCode: '1' });
      equal(regions.find(({ region }) => region === 'GG').callingCode, '44');
      for (const { region } of regions) new Intl.Locale('und', { region });
    },
  },
  {
    name: 'every region has an example, which is valid',
    run() {
      for (const { region, callingCode } of outdial.regions()) {
        const phone = outdial.examplePhone(region);
        ok(phone?.valid && phone.callingCode === callingCode, `${region}: ${JSON.stringify(phone)}`);
        deepEqual(outdial.parsePhone(phone.e164), { ok: true, phone });
      }
      equal(outdial.examplePhone('GB', 'mobile').e164, '+447400123456');
      equal(outdial.examplePhone('AD', 'pager'), undefined);
      ok(thrown(() => outdial.examplePhone('GB', 'cell')) instanceof RangeError, 'a type');
    },
  },
  { name: 'the version of the plan is that of the corpus', run: () => equal(outdial.metadataVersion, '9.0.33') },
];

export const cases = ({ outdial }) =>
  [readingCases, hostileCases, restrictionCases, columnCases, fieldCases, planCases].flatMap((group) => group(outdial));
