/** The words of the numbering plan, for a person. */
export const TYPES = {
  fixed_line: 'fixed line',
  mobile: 'mobile',
  fixed_line_or_mobile: 'fixed line or mobile',
  toll_free: 'toll-free',
  premium_rate: 'premium rate',
  shared_cost: 'shared cost',
  voip: 'internet telephony',
  personal_number: 'personal number',
  pager: 'pager',
  uan: 'company number',
  voicemail: 'voicemail',
  unknown: 'unknown',
};

export const POSSIBILITIES = {
  is_possible: 'right length',
  is_possible_local_only: 'right length without its area code only',
  invalid_calling_code: 'no such calling code',
  too_short: 'too short',
  invalid_length: 'a length that does not occur',
  too_long: 'too long',
};
