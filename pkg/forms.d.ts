import type { AnyClient, CallInput, Client, ContactInput, ProviderName } from './index.js';
import type { E164, PhoneCode, PhoneOptions } from './phone.js';

/*
 * Schemas that form and server libraries take as they are (react-hook-form, TanStack Form, Conform, tRPC, Hono and others): objects
 * of the Standard Schema, version 1. https://standardschema.dev
 *
 * In Node, Deno, Bun and workerd they validate at once. In a page they do so as soon as the module is there, which
 * `await init()` of outdial/phone (enough for phone()) or of outdial sees to; until then a validation is a promise, which
 * loads the module itself. A load that fails rejects it, and the next validation tries again.
 */

/** A Standard Schema: `Input` is what is typed, `Output` what comes out. */
export interface Schema<Input, Output> {
  readonly '~standard': {
    readonly version: 1;
    readonly vendor: 'outdial';
    readonly validate: (value: unknown) => Validated<Output> | Promise<Validated<Output>>;
    /** For the compiler alone. */
    readonly types?: { readonly input: Input; readonly output: Output };
  };
}

/** What a validation gives, told apart by `issues`. */
export type Validated<Output> = { readonly value: Output; readonly issues?: undefined } | { readonly issues: readonly FormIssue[] };

/** One thing that is wrong, with the keys that lead there. */
export interface FormIssue {
  /** The keys that lead to the value, such as `['settings', 'maxDurationSeconds']`; none for the value itself. */
  readonly path: readonly (string | number)[];
  /** Promised, unlike the message. */
  readonly code: string;
  /** A sentence for the person at the form, in English. */
  readonly message: string;
}

/** How the number is read, which are accepted, and whether there must be one. */
export interface PhoneSchemaOptions extends PhoneOptions {
  /** Whether the field may be left empty; its output is undefined then. Default false. */
  optional?: boolean;
}

/** `code` of an issue of phone(). */
export type PhoneIssueCode = PhoneCode | 'required' | 'invalid_type';

/**
 * A field with one phone number, which must be valid in the numbering plan. Out comes its E.164 form, without an extension.
 *
 * @throws TypeError for an option that does not exist; RangeError for an unknown region, type or mode. In a page without its
 * module the first validation rejects with it instead.
 * @example
 * const schema = phone({ region: 'US', types: ['mobile'] });
 * schema['~standard'].validate('(415) 555-2671'); // { value: '+14155552671' }
 * schema['~standard'].validate('415');            // { issues: [{ path: [], code: 'too_short', message: 'Too short for ...' }] }
 */
export function phone(options: PhoneSchemaOptions & { optional: true }): Schema<string | null | undefined, E164 | undefined>;
export function phone(options?: PhoneSchemaOptions): Schema<string, E164>;

/**
 * A form whose values are what createContact takes: what validateContact would refuse is an issue, with its path as keys.
 * Out comes the input as it was typed, without members whose text is empty.
 *
 * @param clientOrProvider a client, or the name of a platform
 * @throws OutdialError invalid_input for what is neither
 * @example
 * useForm({ resolver: standardSchemaResolver(contact('truedy')) });
 */
export function contact<P extends ProviderName>(clientOrProvider: Client<P> | P): Schema<ContactInput<P>, ContactInput<P>>;
export function contact(clientOrProvider: AnyClient): Schema<ContactInput, ContactInput>;

/**
 * The same for createCall and validateCall.
 *
 * @throws OutdialError invalid_input for what is neither a client nor the name of a platform
 * @example
 * const { issues } = await call('truedy')['~standard'].validate({ phoneNumber: '+1 415' });
 * console.log(issues?.map(({ path, code }) => [path.join('.'), code])); // agentId is missing, phoneNumber is too short
 */
export function call<P extends ProviderName>(clientOrProvider: Client<P> | P): Schema<CallInput<P>, CallInput<P>>;
export function call(clientOrProvider: AnyClient): Schema<CallInput, CallInput>;
