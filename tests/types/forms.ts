// What outdial/forms and outdial/element promise to the compiler; a line below a @ts-expect-error must not compile.
import type { StandardSchemaV1 } from '@standard-schema/spec';
import type { CallInput, Client, ContactInput } from 'outdial';
import { OutdialPhone, texts } from 'outdial/element';
import { call, contact, phone } from 'outdial/forms';
import type { FormIssue, Schema } from 'outdial/forms';
import type { E164, PhoneType } from 'outdial/phone';

declare const truedy: Client<'truedy'>;
declare function takes<Input, Output>(schema: StandardSchemaV1<Input, Output>): { input: Input; output: Output };

const number = takes(phone({ region: 'US', types: ['mobile', 'fixed_line'], regions: ['US', '001'], mode: 'lenient' }));
const [typed, e164]: [string, E164] = [number.input, number.output];
const optional: E164 | undefined = takes(phone({ optional: true })).output;
const person: ContactInput<'kore'> = takes(contact('kore')).output;
const called: CallInput<'truedy'> = takes(call(truedy)).input;
type Infer = StandardSchemaV1.InferOutput<Schema<string, E164>>;
const inferred: Infer = e164;
console.log(typed, optional, person.salutation, called.agentId, inferred);

const validated = await contact('truedy')['~standard'].validate({});
if (validated.issues) console.log(validated.issues.map(({ path, code, message }: FormIssue) => [...path, code, message]));
else console.log(validated.value.phoneNumber);

// @ts-expect-error no such kind of line
phone({ types: ['landline'] });
// @ts-expect-error no such option
phone({ country: 'US' });
// @ts-expect-error no such platform
contact('nobody');
// @ts-expect-error a number that may be missing is no E164
const missing: E164 = takes(phone({ optional: true })).output;
console.log(missing);

const field: OutdialPhone = document.createElement('outdial-phone');
field.value = null;
field.types = ['mobile'];
field.types = 'mobile fixed_line';
const [value, types, region]: [E164 | '', PhoneType[] | undefined, string | undefined] = [field.value, field.types, field.region];
document.querySelector('outdial-phone')?.setCustomValidity('Taken');
texts.invalid = ({ code, message }) => (code === 'too_short' ? 'Da fehlen Ziffern' : message);
console.log(value, types, region, field.validity.badInput, field.form);

// @ts-expect-error the browser says whether it is valid
field.validity = null;
// @ts-expect-error no such kind of line
field.types = ['landline'];
