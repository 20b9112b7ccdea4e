import { asYouType, findPhones, parsePhone } from '../phone.js';
import { callingCodeOf, leadingCallingCode, mainRegion } from './countries.js';

const digitsOf = (text) => text.replace(/\D/g, '');

/** What a field holds: a text, and the country where it is dialled from. */
export class TypedNumber {
  text = '';
  /** What may be entered: `types` and `regions`, as parsePhone takes them. */
  limits = {};
  #region;
  #typing;

  get region() {
    return this.#region;
  }

  set region(region) {
    if (region !== this.#region) this.#typing = undefined;
    this.#region = region;
  }

  /** Takes the text and the caret after an edit; gives where the caret belongs. */
  edit(text, caret) {
    this.#typing ??= asYouType(this.region);
    const typed = this.#typing.input(text, caret);
    this.text = typed.text;
    this.#follow();
    return typed.caret;
  }

  /** Holds a number that comes from elsewhere, as its own country writes it if that is `home`. */
  put(text, home) {
    const { ok, phone } = parsePhone(text, { region: this.region });
    if (ok) this.#write(phone, phone.region !== home);
    else this.edit(text);
  }

  /** Takes a number that is pasted over `start` to `end`, whatever stands around it; false if it is to be typed there. */
  paste(pasted, start, end) {
    const { region } = this;
    const whole = this.text.slice(0, start) + pasted + this.text.slice(end);
    if (whole !== pasted && parsePhone(whole, { region }).ok) return false;
    const { ok, phone } = parsePhone(pasted, { region });
    const found = ok ? [{ phone, start: 0, end: pasted.length }] : findPhones(pasted, { region });
    if (found.length !== 1) return false;
    this.#write(found[0].phone, pasted.slice(found[0].start, found[0].end).includes('+'));
    return true;
  }

  #write(phone, international) {
    const abroad = international || phone.callingCode !== callingCodeOf(this.region);
    this.edit(abroad ? phone.international : phone.national);
  }

  /** The user says which country it is. */
  choose(region) {
    const { text } = this;
    const code = text.startsWith('+') ? leadingCallingCode(digitsOf(text)) : undefined;
    this.region = region;
    // Its calling code makes way for another; what has none, or an unknown one, is read anew.
    this.edit(code && text.startsWith(`+${code}`) ? `+${callingCodeOf(region)}${text.slice(code.length + 1)}` : text);
  }

  /** What parsePhone answers. */
  read() {
    return parsePhone(this.text, { region: this.region, ...this.limits });
  }

  /** The country is that of the number, as far as it can be seen. */
  #follow() {
    const code = this.text.startsWith('+') ? leadingCallingCode(digitsOf(this.text)) : callingCodeOf(this.region);
    const { ok, phone } = parsePhone(this.text, { region: this.region });
    if (ok && phone.callingCode === code && callingCodeOf(phone.region)) this.region = phone.region;
    else if (code && code !== callingCodeOf(this.region)) this.region = mainRegion(code);
  }
}
