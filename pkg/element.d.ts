import type { E164, PhoneResult, PhoneType, RegionCode } from './phone.js';

/**
 * `<outdial-phone>`: a field of a form for one phone number, and the list of countries beside it. Importing this subpath defines
 * it; on a server it does nothing.
 *
 * ```html
 * <label for="phone">Mobile number</label>
 * <outdial-phone id="phone" name="phone" region="US" types="mobile fixed_line" required></outdial-phone>
 * ```
 *
 * Attributes: `name`, `value`, `region`, `types`, `regions`, `required`, `disabled`, `readonly`, `placeholder`, `autocomplete`
 * ("tel" by default), `autofocus`, `lang` (of the countries' names; the browser's by default), `aria-label`, `aria-labelledby`,
 * `aria-describedby`.
 *
 * The first element in a page loads the module of outdial/phone. Until that is there, and if it cannot be had, the element is a
 * plain field: `value`, and what the form sends, is the text as it was typed.
 *
 * Events: `input` after each edit, `change` when the user is done with it or has chosen a country.
 *
 * Parts: field, country, flag, calling-code, number, panel, search, status, list, option, name, active; and reason, the text that is
 * wrong for screen readers, which a page may show: `outdial-phone::part(reason) { display: block }`.
 *
 * Custom properties: --outdial-phone-color, -background, -border-color, -focus-color, -active-background, -radius, -padding.
 */
export class OutdialPhone extends HTMLElement {
  /** The E.164 form of the number, or `''` while it is none. Setting takes any way of writing; what `value` is already changes nothing. */
  get value(): E164 | '';
  set value(value: string | null | undefined);
  /** What the field shows. Setting `''` empties it, also of what is no number. */
  text: string;
  /** The attribute `value`: what a reset brings back. */
  defaultValue: string;
  /** The country that is chosen, by the user or by the number. Setting changes the attribute, which a reset brings back. */
  get region(): RegionCode | undefined;
  set region(region: RegionCode | null | undefined);
  /** Kinds of line that are accepted; as an attribute, words with spaces between. */
  get types(): PhoneType[] | undefined;
  set types(types: readonly PhoneType[] | string | null | undefined);
  /** Regions that are accepted and offered; as an attribute, words with spaces between. */
  get regions(): RegionCode[] | undefined;
  set regions(regions: readonly RegionCode[] | string | null | undefined);
  name: string;
  placeholder: string;
  autocomplete: string;
  required: boolean;
  disabled: boolean;
  readOnly: boolean;

  readonly type: string;
  readonly form: HTMLFormElement | null;
  readonly labels: NodeListOf<HTMLLabelElement>;
  /** `valueMissing` for an empty field that is required, `badInput` for a text that is no number, or not one that is accepted. */
  readonly validity: ValidityState;
  readonly validationMessage: string;
  readonly willValidate: boolean;
  checkValidity(): boolean;
  reportValidity(): boolean;
  /** A reason of the page's own; `''` takes it back. */
  setCustomValidity(message: string): void;
  select(): void;
}

/**
 * What every element says, to be replaced before the first is shown.
 *
 * @example
 * Object.assign(texts, { country: 'Land', search: 'Name oder Vorwahl', required: 'Bitte eine Nummer eingeben' });
 * texts.invalid = ({ code }) => (code === 'too_short' ? 'Da fehlen Ziffern' : 'Das ist keine Telefonnummer');
 */
export const texts: {
  /** The name of a field that has no label. */
  number: string;
  country: string;
  search: string;
  results: (count: number) => string;
  required: string;
  invalid: (refused: Extract<PhoneResult, { ok: false }>) => string;
};

declare global {
  interface HTMLElementTagNameMap {
    'outdial-phone': OutdialPhone;
  }
}
