// The phone functions: what they give, and below what they must refuse to take.
import { asYouType, checkPhones, examplePhone, findPhones, init, isE164, isValidPhone, metadataVersion, OutdialError, parsePhone, regions, toE164 } from 'outdial/phone';
import * as whole from 'outdial';
import type { E164, Phone, PhoneCode, PhoneResult, ValidPhone } from 'outdial/phone';

await init();
const result: PhoneResult = parsePhone('(415) 555-2671', { region: 'US', types: ['mobile'], regions: ['US', '001'], mode: 'strict' });
if (result.ok) {
  const { e164, valid }: { e164: E164; valid: true } = result.phone;
  console.log(e164.length, valid, result.phone.region, result.phone.extension, result.phone.possibility);
} else {
  const code: PhoneCode = result.code;
  console.log(code, result.message, result.phone?.international);
  switch (result.code) {
    case 'not_a_number':
    case 'too_short_after_idd':
      console.log(result.phone satisfies undefined);
      break;
    case 'invalid_calling_code':
    case 'too_short':
    case 'too_long':
      console.log(result.phone?.possibility);
      break;
    case 'type_not_allowed':
    case 'region_not_allowed':
      console.log(result.phone satisfies ValidPhone);
      break;
    default:
      console.log(result.phone satisfies Phone, result.code satisfies 'local_only' | 'invalid_length' | 'unassigned');
  }
}

// Both entries have the same names and the same brand.
const branded: whole.E164 | undefined = toE164('+14155552671');
const read: typeof parsePhone = whole.parsePhone;
const text: string = '+14155552671';
if (isE164(text)) call(text);
if (branded) call(branded);
call(read('+14155552671').phone?.valid ? examplePhone('GB', 'mobile')?.e164 ?? '+1' as E164 : '+1' as E164);
for (const { start, end, phone } of findPhones(text, { region: 'GB' })) call(phone.e164), text.slice(start, end);
const { valid, reason, reasons, e164 } = checkPhones(['+1'], { region: 'US' });
console.log(valid[0], reasons[reason[0] ?? 0], e164(0), isValidPhone(text, { mode: 'lenient' }), metadataVersion.length);
console.log(asYouType().input('4', null).caret, regions()[0]?.callingCode, new OutdialError({ code: 'internal', message: '', attempts: 0 }).name);

function call(number: E164): void {
  console.log(number);
}

// @ts-expect-error a text is no E.164 number until somebody looked
call('+14155552671');
// @ts-expect-error a number that is not valid has none either
if (!result.ok && result.code === 'too_short') call(result.phone?.e164);
// @ts-expect-error nothing could be read
if (!result.ok && result.code === 'not_a_number') call(result.phone.e164);
// @ts-expect-error whether there is a number must be asked first
call(result.phone.e164);
// @ts-expect-error it may be none
call(toE164('+14155552671'));
// @ts-expect-error a number is a text
parsePhone(14155552671);
// @ts-expect-error no such option
parsePhone('+1', { defaultCountry: 'US' });
// @ts-expect-error no such mode
parsePhone('+1', { mode: 'loose' });
// @ts-expect-error no such kind of line
isValidPhone('+1', { types: ['cell'] });
// @ts-expect-error a region is a text, not an option
asYouType({ region: 'US' });
// @ts-expect-error finding takes a region alone
findPhones('+1', { mode: 'lenient' });
// @ts-expect-error columns are read
checkPhones('').length = 1;
