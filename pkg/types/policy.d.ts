import type { E164, LineType, RegionCode } from './phone.js';

/**
 * Who may be called. It is judged before each attempt of createCall, never for contacts; a refusal is `not_allowed` with a
 * PolicyDecision in `details`. Lists name all that may be called; what is left out is open but for the defaults below.
 *
 * @example
 * const policy = {
 *   regions: ['US', 'CA'],
 *   types: ['mobile', 'fixed_line', 'fixed_line_or_mobile'],
 *   quietHours: { start: '21:00', end: '08:00' },
 * };
 * @see https://www.itu.int/rec/T-REC-E.164
 */
export interface Policy {
  /** The only regions that may be called, or `'001'` for numbers of no country. Default: all but `'001'`. */
  regions?: readonly (RegionCode | '001')[];
  /** Regions that may not be called. */
  refusedRegions?: readonly (RegionCode | '001')[];
  /** The only regions behind calling code 1 that may be called: the North American Numbering Plan has 25. */
  nanpRegions?: readonly RegionCode[];
  /**
   * The only kinds of line that may be called. Default: all but premium_rate, shared_cost, personal_number and pager. Exact:
   * numbers in the United States are `fixed_line_or_mobile`.
   */
  types?: readonly LineType[];
  /** The first digits of numbers that may not be called, as `+` and 1 to 15 digits: `'+1900'`. */
  refusedPrefixes?: readonly string[];
  /** Whether a contact may be called by its id, whose number is not known here. Default: only where the policy says nothing else. */
  contactIds?: boolean;
  /** The hours in which nobody is called. */
  quietHours?: QuietHours;
  /**
   * The caller's own rule; anything but `{ allow: true }` refuses, and so does what throws or takes longer
   * than `timeoutMs`; in checkPolicy, 30 s.
   */
  beforeCall?: (phone: CalledPhone) => CallVerdict | PromiseLike<CallVerdict>;
}

/**
 * Local times of the place that a number belongs to, `'00:00'` to `'23:59'`; a window may go over midnight. A number of which no
 * time zone is known is refused.
 */
export interface QuietHours {
  /** The first minute in which nobody is called: `'21:00'`. */
  start: string;
  /** The minute from which on numbers are called again: `'08:00'`; not that of `start`. */
  end: string;
  /**
   * The time zone of every number, by its IANA name: `'Europe/Berlin'`. Default: all that the number may be in by its prefix, as
   * libphonenumber's PhoneNumberToTimeZonesMapper has them, and none may be quiet.
   */
  zone?: string;
}

/** The number that is about to be called. */
export interface CalledPhone {
  e164: E164;
  /** Digits: `'1'`. */
  callingCode: string;
  /** Digits, leading zeros kept. */
  nationalNumber: string;
  type: LineType;
  /** ISO 3166-1 alpha-2, or `'001'`; absent if the plan gives such numbers to no region. */
  region?: RegionCode | '001';
}

/** What `beforeCall` answers; `reason` is for people. */
export type CallVerdict = { allow: true } | { allow: false; reason?: string };

/** What a policy says of a number, told apart by `allowed`. */
export type PolicyDecision = JudgedPhone &
  (
    | { allowed: true; rule?: undefined }
    | {
        allowed: false;
        /** The rule that refuses, by its name in the policy. */
        rule: keyof Policy;
        /** Of quietHours and beforeCall: why; an error says it in its message, not in its details. */
        reason?: string;
        /** ISO 8601, UTC: the end of the quiet hours that refuse, if one comes within seven days. */
        nextAllowedAt?: string;
      }
  );

interface JudgedPhone {
  /** ISO 3166-1 alpha-2, or `'001'`; absent if it has none. */
  region?: RegionCode | '001';
  /** `'unknown'` also where the rule is `contactIds`. */
  type: LineType;
  /** The version of the numbering plan that says so: `'9.0.33'`. */
  metadataVersion: string;
}

/**
 * What a policy says of a number, without a client and without calling it. `beforeCall` is asked, `quietHours` are those of now.
 *
 * @param policy undefined: the policy of a client that has none
 * @param phoneNumber with its calling code, as a person writes it
 * @throws {OutdialError} invalid_input for a policy or a number that cannot be read, not_ready before init
 * @example
 * await checkPolicy({ regions: ['US'] }, '+44 20 7946 0958');
 * // { allowed: false, rule: 'regions', region: 'GB', type: 'fixed_line', metadataVersion: '9.0.33' }
 */
export function checkPolicy(policy: Policy | undefined, phoneNumber: string): Promise<PolicyDecision>;

export {};
