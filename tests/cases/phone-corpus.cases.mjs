import { equal, ok } from '../js/support/check.mjs';
import { fixtureLines } from '../js/support/fixture.mjs';

/** The names of libphonenumber's failures to read. */
const FAILURES = {
  NOT_A_NUMBER: 'not_a_number',
  INVALID_COUNTRY_CODE: 'invalid_calling_code',
  TOO_SHORT_AFTER_IDD: 'too_short_after_idd',
  TOO_SHORT_NSN: 'too_short',
  TOO_LONG: 'too_long',
};

const COLUMNS = ['callingCode', 'nationalNumber', 'extension', 'possibility', 'valid', 'region', 'type', 'e164', 'international', 'national', 'uri'];

/** ZZ is the reference's name for no region. */
const optionsOf = (region) => ({ mode: 'lenient', ...(region && region !== 'ZZ' && { region }) });

/** The columns of the corpus after its text and region. */
function answer({ parsePhone }, text, region) {
  const result = parsePhone(text, optionsOf(region));
  const { phone } = result;
  if (!phone) return [result.code, ...COLUMNS.map(() => '')];
  ok(result.ok === phone.valid && result.ok !== 'code' in result, `${text}: the result contradicts the phone`);
  return ['', ...COLUMNS.map((name) => (name === 'valid' ? String(Number(phone.valid)) : (phone[name] ?? '')))];
}

function expected([failure, callingCode, nationalNumber, extension, possibility, valid, region, type, ...formats]) {
  const words = [possibility.toLowerCase(), valid, region, type.toLowerCase()];
  return [FAILURES[failure] ?? failure, callingCode, nationalNumber, extension, ...words, ...formats];
}

/** No row may differ; the first few that do are shown. */
function none(wrong, count) {
  ok(count > 1000, `only ${count} rows`);
  equal(wrong.length, 0, `${wrong.slice(0, 5).join('\n')}\nof ${count} rows differ`);
}

function parsesAlike(outdial, rows) {
  const wrong = [];
  for (const [text, region, ...columns] of rows) {
    const [is, shouldBe] = [answer(outdial, text, region), expected(columns)].map((row) => row.join('\t'));
    if (is !== shouldBe) wrong.push(`${JSON.stringify(text)} in ${region || 'no region'}\n  is        ${is}\n  should be ${shouldBe}`);
  }
  none(wrong, rows.length);
}

/** The other functions agree with the corpus too, each text alone and all texts of a region in one column. */
function judgesAlike(outdial, rows) {
  const wrong = [];
  for (const [region, group] of byRegion(rows)) {
    const options = optionsOf(region);
    const columns = outdial.checkPhones(group.map(([text]) => text), options);
    equal(columns.length, group.length, 'rows');
    group.forEach(([text, , ...cells], row) => {
      const [failure, , , , , valid, shouldRegion, type, e164] = expected(cells);
      const one = [outdial.isValidPhone(text, options), outdial.toE164(text, options)];
      const many = [columns.valid[row] === 1, columns.e164(row)];
      const known = failure ? failure === columns.reasons[columns.reason[row]] : shouldRegion === columns.regions[columns.region[row]] && type === columns.types[columns.type[row]];
      const right = [valid === '1', valid === '1' ? e164 : undefined];
      if (!known || String(one) !== String(right) || String(many) !== String(right)) wrong.push(`${JSON.stringify(text)} in ${region}: ${one}, ${many}, ${right}`);
    });
  }
  none(wrong, rows.length);
}

function byRegion(rows) {
  const groups = new Map();
  for (const row of rows) {
    if (!groups.has(row[1])) groups.set(row[1], []);
    groups.get(row[1]).push(row);
  }
  return groups;
}

function typesAlike({ asYouType }, rows) {
  const wrong = [];
  for (const [typed, region, shown] of rows) {
    const field = asYouType(region || undefined);
    const all = [];
    for (const character of typed) all.push(field.input((all.at(-1) ?? '') + character).text);
    const shouldBe = shown.split('|').map((text) => text.trimEnd()).join('|');
    if (all.join('|') !== shouldBe) wrong.push(`${typed} in ${region}\n  is        ${all.join('|')}\n  should be ${shouldBe}`);
  }
  none(wrong, rows.length);
}

function findsAlike({ findPhones }, rows) {
  const wrong = [];
  for (const { text, region, matches } of rows) {
    const found = findPhones(text, region ? { region } : {}).map(({ start, end, phone }) => [start, end, phone.e164, phone.extension ?? '']);
    if (JSON.stringify(found) !== JSON.stringify(matches)) wrong.push(`${text} in ${region}: ${JSON.stringify(found)}, should be ${JSON.stringify(matches)}`);
  }
  none(wrong, rows.length);
}

const cells = (lines) => lines.map((line) => line.split('\t'));

export const cases = ({ outdial, siteUrl }) => {
  const corpus = async () => cells((await fixtureLines(siteUrl, 'phone/corpus.tsv.gz')).slice(1));
  return [
    { name: 'lenient reading equals libphonenumber on every column of every row of the corpus', run: async () => parsesAlike(outdial, await corpus()) },
    { name: 'every other way to judge a number agrees with the corpus', run: async () => judgesAlike(outdial, await corpus()) },
    { name: 'typing shows what libphonenumber shows after each character', run: async () => typesAlike(outdial, cells(await fixtureLines(siteUrl, 'phone/typing.tsv.gz'))) },
    {
      name: 'the numbers found in a text are those that libphonenumber finds',
      run: async () => findsAlike(outdial, (await fixtureLines(siteUrl, 'phone/find.jsonl.gz')).map((line) => JSON.parse(line))),
    },
  ];
};
