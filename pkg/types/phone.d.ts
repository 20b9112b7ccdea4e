declare const e164: unique symbol;

/**
 * A number as libphonenumber's format E164 writes it: `+`, calling code, national number, no other character; such as
 * `+14155552671`. What toE164 and parsePhone give. At most 15 digits (ITU-T E.164), but for numbers in Germany, of which the
 * plan has some of up to 17: isE164 tells.
 *
 * @see https://www.itu.int/rec/T-REC-E.164
 */
export type E164 = string & { readonly [e164]: true };

/** ISO 3166-1 alpha-2 in capital letters, such as `'DE'`; only those of the numbering plan, which `regions()` lists. */
export type RegionCode = string;

/**
 * The kind of line, as libphonenumber's getNumberType has it; where a plan does not tell fixed lines from mobiles (+1),
 * `'fixed_line_or_mobile'`.
 */
export type LineType =
  | 'fixed_line'
  | 'mobile'
  | 'fixed_line_or_mobile'
  | 'toll_free'
  | 'premium_rate'
  | 'shared_cost'
  | 'voip'
  | 'personal_number'
  | 'pager'
  | 'uan'
  | 'voicemail'
  | 'unknown';

/** The same as LineType. */
export type PhoneType = LineType;

/** Whether there can be a number of this length, as libphonenumber's isPossibleNumberWithReason has it. */
export type Possibility =
  | 'is_possible'
  | 'is_possible_local_only'
  | 'invalid_calling_code'
  | 'too_short'
  | 'invalid_length'
  | 'too_long';

/** Why a text is no number that is accepted; promised. */
export type PhoneCode = UnreadCode | UnsureCode | ReadCode | RefusedCode;

/** Nothing could be read. */
type UnreadCode =
  /** No number; in strict mode also letters, masks, control characters, or text beside the number. */
  | 'not_a_number'
  /** Too short after an international prefix such as 011. */
  | 'too_short_after_idd';

/** With `phone` where a number could be read. */
type UnsureCode = 'invalid_calling_code' | 'too_short' | 'too_long';

/** A number was read that is not valid. */
type ReadCode =
  /** Complete only within an area: its area code is missing. */
  | 'local_only'
  | 'invalid_length'
  /** Of the right length, and given to nobody by the plan. */
  | 'unassigned';

/** A valid number that the options refuse. */
type RefusedCode = 'type_not_allowed' | 'region_not_allowed';

/** A number that was read, valid or not. Plain data: it survives JSON and structuredClone. */
export interface Phone {
  /** As in E164, of a number that may be too long for it. */
  e164: string;
  /** `'001'` for numbers of no country; absent if the plan gives such numbers to no region. */
  region?: RegionCode | '001';
  /** 1 to 3 digits: `'44'`. */
  callingCode: string;
  /** The digits after the calling code (the national significant number), leading zeros kept. */
  nationalNumber: string;
  /** Digits, at most 20. */
  extension?: string;
  type: LineType;
  /** Whether the numbering plan gives such numbers to somebody, as libphonenumber's isValidNumber has it. */
  valid: boolean;
  possibility: Possibility;
  /** `+44 20 7946 0958` */
  international: string;
  /** `020 7946 0958` */
  national: string;
  /**
   * `tel:+44-20-7946-0958`
   *
   * @see https://www.rfc-editor.org/rfc/rfc3966
   */
  uri: string;
}

/** A number that the numbering plan gives to somebody. */
export interface ValidPhone extends Phone {
  e164: E164;
  valid: true;
}

/**
 * What parsePhone gives, told apart by `ok`, and a refusal by `code`. `message` is English, for the person at the form, and not
 * promised; `phone` is what could be read.
 */
export type PhoneResult =
  | { ok: true; phone: ValidPhone }
  | { ok: false; code: UnreadCode; message: string; phone?: undefined }
  | { ok: false; code: UnsureCode; message: string; phone?: Phone }
  | { ok: false; code: ReadCode; message: string; phone: Phone }
  | { ok: false; code: RefusedCode; message: string; phone: ValidPhone };

/** How a text is read. */
export interface ReadOptions {
  /** Where numbers without a calling code are dialled from. Default: none, and such numbers are refused. */
  region?: RegionCode;
  /**
   * `'strict'` (default) reads a text that is one number; `'lenient'` reads as libphonenumber does: letters are keys of a
   * keypad, text before and after the number is passed over.
   */
  mode?: 'strict' | 'lenient';
}

/** How a text is read, and which numbers are accepted. */
export interface PhoneOptions extends ReadOptions {
  /** Kinds of line that are accepted; who accepts fixed lines or mobiles accepts numbers that may be either. Default: all. */
  types?: readonly LineType[];
  /** Regions that are accepted, or `'001'` for numbers of no country. Default: all. */
  regions?: readonly (RegionCode | '001')[];
}

/** One entry for each text. */
export interface PhoneColumns {
  readonly length: number;
  /** 1 if the number is valid and allowed by the options, else 0. */
  readonly valid: Uint8Array;
  /** Indexes into `types`. */
  readonly type: Uint8Array;
  /** Indexes into `regions`. */
  readonly region: Uint16Array;
  /** Indexes into `reasons`; 0 if valid. */
  readonly reason: Uint8Array;
  readonly types: readonly LineType[];
  readonly regions: readonly ('' | RegionCode | '001')[];
  readonly reasons: readonly ('' | PhoneCode)[];
  /** The E.164 form of a row that is valid; the texts are read again, so an array must be as it was. */
  e164(row: number): E164 | undefined;
}

/** Formats the number of one text field. */
export interface AsYouType {
  /**
   * Takes what the field holds after the user's edit and where its caret is; gives what it should hold and where the caret
   * belongs. Never throws on any text.
   *
   * @param caret in UTF-16 units from 0, as selectionStart; at the end if left out or null
   */
  input(text: string, caret?: number | null): { text: string; caret: number };
}

/** Where a number stands in a text. */
export interface PhoneMatch {
  /** In UTF-16 units, from 0. */
  start: number;
  /** Behind its last character: `text.slice(start, end)`. */
  end: number;
  phone: ValidPhone;
}

/** A region with a numbering plan. */
export interface RegionInfo {
  region: RegionCode;
  /** 1 to 3 digits: `'44'`. */
  callingCode: string;
}

/**
 * Whether a text has the shape of an E.164 number, `^\+[1-9]\d{1,14}$`; not whether that number exists.
 *
 * @throws {TypeError} for what is no string
 * @throws {OutdialError} not_ready before init
 * @example
 * isE164('+14155552671');   // true
 * isE164('+1 415 5552671'); // false
 * @see https://www.itu.int/rec/T-REC-E.164
 */
export function isE164(text: string): text is E164;

/**
 * Reads one number. It never throws on any text.
 *
 * @throws {TypeError} for a text that is no string, and for an option that does not exist
 * @throws {RangeError} for a region, mode or type that does not exist
 * @throws {OutdialError} not_ready before init
 * @example
 * const result = parsePhone('(415) 555-2671', { region: 'US' });
 * if (result.ok) console.log(result.phone.e164); // '+14155552671'
 * else console.log(result.code, result.message);
 * @see libphonenumber's PhoneNumberUtil.parse, isValidNumber and isPossibleNumberWithReason
 */
export function parsePhone(text: string, options?: PhoneOptions): PhoneResult;

/**
 * Whether a text is a valid number that the options accept.
 *
 * @throws as parsePhone
 * @example
 * isValidPhone('+9198765xxxxx'); // false: strict reading takes no letter for a digit
 * @see libphonenumber's PhoneNumberUtil.isValidNumber
 */
export function isValidPhone(text: string, options?: PhoneOptions): boolean;

/**
 * The E.164 form of a number that is valid and accepted; else undefined.
 *
 * @throws as parsePhone
 * @example
 * toE164('020 7946 0958', { region: 'GB' }); // '+442079460958'
 * @see libphonenumber's PhoneNumberUtil.format with PhoneNumberFormat.E164
 */
export function toE164(text: string, options?: PhoneOptions): E164 | undefined;

/**
 * Many numbers at once: an array, or a string with one a line, whose last line feed starts no other.
 *
 * @throws as parsePhone
 * @example
 * const { length, valid, reason, reasons, e164 } = checkPhones(lines);
 * for (let row = 0; row < length; row++) console.log(valid[row] === 1 ? e164(row) : reasons[reason[row]]);
 */
export function checkPhones(texts: readonly string[] | string, options?: PhoneOptions): PhoneColumns;

/**
 * Formats the number in a text field while it is typed.
 *
 * @param region where its user is, for numbers without a calling code; default: none, and those stay as they are
 * @throws {RangeError} for a region that does not exist
 * @throws {OutdialError} not_ready before init
 * @example
 * const formatter = asYouType('US');
 * field.addEventListener('input', () => {
 *   const { text, caret } = formatter.input(field.value, field.selectionStart);
 *   field.value = text;
 *   field.setSelectionRange(caret, caret);
 * });
 * @see libphonenumber's AsYouTypeFormatter
 */
export function asYouType(region?: RegionCode): AsYouType;

/**
 * The valid numbers in a text.
 *
 * @param options `region` is where it was written, for numbers without a calling code
 * @throws as parsePhone
 * @example
 * findPhones('call 020 7946 0958 now', { region: 'GB' }); // [{ start: 5, end: 18, phone: { e164: '+442079460958', … } }]
 * @see libphonenumber's PhoneNumberUtil.findNumbers with Leniency.VALID
 */
export function findPhones(text: string, options?: { region?: RegionCode }): PhoneMatch[];

/**
 * Every region that has a numbering plan, by calling code.
 *
 * @throws {OutdialError} not_ready before init
 * @example
 * regions()[0]; // { region: 'US', callingCode: '1' }
 * @see libphonenumber's PhoneNumberUtil.getSupportedRegions and getCountryCodeForRegion
 */
export function regions(): RegionInfo[];

/**
 * The metadata's example of a number of a region; undefined if there is none of that kind.
 *
 * @param type default `'fixed_line'`
 * @throws {TypeError} for what is no string
 * @throws {RangeError} for a region or type that does not exist
 * @throws {OutdialError} not_ready before init
 * @example
 * examplePhone('GB', 'mobile')?.national; // '07400 123456'
 * @see libphonenumber's PhoneNumberUtil.getExampleNumberForType
 */
export function examplePhone(region: RegionCode, type?: LineType): ValidPhone | undefined;

/** The version of libphonenumber's metadata that everything here answers by, such as `'9.0.33'`. */
export const metadataVersion: string;

export {};
