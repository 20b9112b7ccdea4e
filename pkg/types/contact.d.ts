import type { Answered, Client, OperationOptions, ProviderName } from './client.js';
import type { Issue } from './error.js';
import type { Carried, Needed } from './fields.js';
import type { JsonObject } from './json.js';

interface ContactFields {
  /** As a person writes it, with its calling code; read strictly and sent as E.164. */
  phoneNumber: string;
  /** Truedy: at most 100 characters. Kore.ai requires it. */
  firstName?: string | null;
  /** Truedy: at most 100 characters. Kore.ai requires it. */
  lastName?: string | null;
  /** The whole name. Thoughtly alone, which else gets firstName and lastName joined. */
  name?: string | null;
  /** An address of 254 characters at most. Not for Kore.ai. */
  email?: string | null;
  /** Mr or Mrs. Kore.ai alone, which requires it. */
  salutation?: string | null;
  /** Thoughtly alone. */
  tags?: readonly string[] | null;
  /** Thoughtly calls them attributes. Not for Kore.ai. */
  customFields?: JsonObject | null;
  /** Kore.ai alone. */
  extension?: string | null;
  /** Fields of the platform that this vocabulary lacks; they go into its body as they are, and replace none that it has. */
  extra?: JsonObject | null;
}

interface ContactInputs {
  /** @see https://docs.truedy.ai/api-reference/contacts/create-contact */
  truedy: Carried<ContactFields, 'phoneNumber' | 'firstName' | 'lastName' | 'email' | 'customFields' | 'extra'>;
  /** @see https://docs.thoughtly.com/api-reference/contact/create-contact */
  thoughtly: Carried<ContactFields, 'phoneNumber' | 'firstName' | 'lastName' | 'name' | 'email' | 'tags' | 'customFields' | 'extra'>;
  /** @see Kore.ai's page "Create a Contact by Giving Details API" */
  kore: Carried<ContactFields, 'phoneNumber' | 'firstName' | 'lastName' | 'salutation' | 'extension' | 'extra'> &
    Needed<ContactFields, 'firstName' | 'lastName' | 'salutation'>;
  /** The client's description of the platform judges the rest. */
  generic: ContactFields;
  /** Whatever is behind the relay judges the rest. */
  relay: ContactFields;
}

/** What createContact takes; `ContactInput<'kore'>` is Kore.ai's. A field that the platform cannot carry is a mistake. */
export type ContactInput<P extends ProviderName = ProviderName> = ContactInputs[P];

/** A contact as the platform has it. */
export interface Contact<P extends ProviderName = ProviderName> extends Answered<P> {
  /** The platform's name for it; opaque. */
  id: string;
  /** As the platform writes it. */
  phoneNumber?: string;
  firstName?: string;
  lastName?: string;
  name?: string;
  email?: string;
  customFields?: Record<string, unknown>;
  /** ISO 8601. */
  createdAt?: string;
  /** ISO 8601. */
  updatedAt?: string;
}

/**
 * Creates a contact. It is asked for again only after a 429: platforms keep no keys for contacts.
 *
 * @throws {OutdialError} invalid_input, conflict where Kore.ai has the number already, outcome_unknown where the connection was
 * lost on the way, and what the platform refuses. A timeout or a provider_error may have left a contact behind, too.
 * @example
 * const { id } = await createContact(client, { phoneNumber: '+1 415 555 2671', firstName: 'Ada', customFields: { plan: 'pro' } });
 */
export function createContact<P extends ProviderName>(client: Client<P>, input: ContactInput<P>, options?: OperationOptions): Promise<Contact<P>>;

/**
 * What createContact would refuse, without sending anything; an empty list if it can be sent.
 *
 * @param clientOrProvider a client, whose `region` and `numbers` count, or the name of a provider
 * @throws {OutdialError} invalid_input for what is neither, not_ready before init
 * @example
 * validateContact('truedy', { phoneNumber: '+9198765xxxxx' });
 * // [{ path: 'phoneNumber', code: 'not_a_number', message: 'Not a phone number' }]
 */
export function validateContact(clientOrProvider: Client | ProviderName, input: unknown): Issue[];

export {};
