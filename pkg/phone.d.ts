/** A number in E.164 form, such as `+14155552671`: what toE164 and parsePhone give. */
export type E164 = string & { readonly __brand: 'E164' };

/** ISO 3166-1 alpha-2 in capital letters, such as `DE`. */
export type RegionCode = string;

export type PhoneType =
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

export type Possibility =
  | 'is_possible'
  | 'is_possible_local_only'
  | 'invalid_calling_code'
  | 'too_short'
  | 'invalid_length'
  | 'too_long';

export type PhoneCode =
  | 'not_a_number'
  | 'invalid_calling_code'
  | 'too_short_after_idd'
  | 'too_short'
  | 'too_long'
  | 'local_only'
  | 'invalid_length'
  | 'unassigned'
  | 'type_not_allowed'
  | 'region_not_allowed';

/** Plain data: it survives JSON and structuredClone. */
export interface Phone {
  e164: E164;
  /** `'001'` for numbers of no country; absent if the plan gives such numbers to no region. */
  region?: RegionCode | '001';
  /** Digits, such as `'44'`. */
  callingCode: string;
  /** The digits after the calling code, leading zeros included. */
  nationalNumber: string;
  extension?: string;
  type: PhoneType;
  /** Whether the numbering plan gives such numbers to somebody. */
  valid: boolean;
  possibility: Possibility;
  /** `+44 20 7946 0958` */
  international: string;
  /** `020 7946 0958` */
  national: string;
  /** `tel:+44-20-7946-0958` (RFC 3966) */
  uri: string;
}

export type PhoneResult =
  | { ok: true; phone: Phone }
  /** `code` is promised, `message` is English for the person at the form; `phone` is what could be read. */
  | { ok: false; code: PhoneCode; message: string; phone?: Phone };

export interface ReadOptions {
  /** Where numbers without a calling code are dialled from. */
  region?: RegionCode;
  /**
   * `'strict'` (default) reads a text that is one number; `'lenient'` reads as libphonenumber does: letters are keys of a
   * keypad, text before and after the number is passed over.
   */
  mode?: 'strict' | 'lenient';
}

export interface PhoneOptions extends ReadOptions {
  /** Kinds of line that are accepted; who accepts fixed lines or mobiles accepts numbers that may be either. */
  types?: readonly PhoneType[];
  /** Regions that are accepted. */
  regions?: readonly (RegionCode | '001')[];
}

/** One entry for each text. */
export interface PhoneColumns {
  readonly length: number;
  /** 1 if the number is valid and allowed by the options. */
  readonly valid: Uint8Array;
  /** Indexes into `types`. */
  readonly type: Uint8Array;
  /** Indexes into `regions`. */
  readonly region: Uint16Array;
  /** Indexes into `reasons`; 0 if valid. */
  readonly reason: Uint8Array;
  readonly types: readonly PhoneType[];
  readonly regions: readonly ('' | RegionCode | '001')[];
  readonly reasons: readonly ('' | PhoneCode)[];
  /** The E.164 form of a row that is valid; the texts are read again, so an array must be as it was. */
  e164(row: number): E164 | undefined;
}

export interface AsYouType {
  /**
   * Takes what the field holds after an edit and where its caret is (at the end if left out); gives what it should hold and
   * where the caret belongs, in UTF-16 units.
   */
  input(text: string, caret?: number | null): { text: string; caret: number };
}

export interface PhoneMatch {
  /** In UTF-16 units. */
  start: number;
  end: number;
  phone: Phone;
}

export interface RegionInfo {
  region: RegionCode;
  /** Digits, such as `'44'`. */
  callingCode: string;
}

/**
 * Loads the module. Servers need it not. A load that failed may be tried again.
 * @param source where the module is, if not beside the code
 */
export function init(source?: URL | string | Response | BufferSource | WebAssembly.Module): Promise<void>;

/*
 * All that follows answers at once and never throws on any text. It throws a TypeError for what is no string and for an option
 * that does not exist, a RangeError that names an unknown region, mode or type, and an OutdialError `not_ready` before init().
 */

/** Whether a text has the shape of an E.164 number: `+`, then 2 to 15 digits of which the first is not 0. */
export function isE164(text: string): boolean;

export function parsePhone(text: string, options?: PhoneOptions): PhoneResult;

export function isValidPhone(text: string, options?: PhoneOptions): boolean;

/** The E.164 form of a number that is valid and allowed. */
export function toE164(text: string, options?: PhoneOptions): E164 | undefined;

/** Many numbers at once: an array, or a string with one a line, whose last line feed starts no other. */
export function checkPhones(texts: readonly string[] | string, options?: PhoneOptions): PhoneColumns;

/** Formats the number in a text field while it is typed; `region` is where its user is. */
export function asYouType(region?: RegionCode): AsYouType;

/** The valid numbers in a text; `region` is where it was written. */
export function findPhones(text: string, options?: { region?: RegionCode }): PhoneMatch[];

/** Every region that has a numbering plan. */
export function regions(): RegionInfo[];

/** The metadata's example of a region, of a fixed line unless `type` says otherwise; undefined if there is none. */
export function examplePhone(region: RegionCode, type?: PhoneType): Phone | undefined;

/** The version of libphonenumber's metadata, such as `'9.0.33'`. */
export const metadataVersion: string;

export { OutdialError, isOutdialError } from './error.js';
