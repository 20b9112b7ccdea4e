import { asYouType, init, parsePhone } from '../phone.js';
import { reflectAttributes, takeOver } from './attributes.js';
import { Chooser } from './chooser.js';
import { callingCodeOf, countries, countryName } from './countries.js';
import { create, setAttribute } from './dom.js';
import { TypedNumber } from './number.js';
import { applyStyle } from './style.js';
import { texts } from './texts.js';

// Servers have none.
const Base = globalThis.HTMLElement ?? class {};

/** Whether the module is there; until then an element is a plain field for a telephone number. */
function isReady() {
  try {
    asYouType();
    return true;
  } catch {
    return false;
  }
}

// Systems have names for what is no language.
function isLanguage(tag) {
  try {
    return Intl.getCanonicalLocales(tag || []).length > 0;
  } catch {
    return false;
  }
}

/** The options without what names nothing that exists: that is reported, and passed over. */
function known(options) {
  return Object.fromEntries(Object.entries(options).flatMap(([name, value]) => {
    if (!Array.isArray(value)) return exists(name, value) ? [[name, value]] : [];
    const words = value.filter((word) => exists(name, [word]));
    return words.length > 0 || value.length === 0 ? [[name, words]] : [];
  }));
}

function exists(name, value) {
  try {
    parsePhone('', { [name]: value });
    return true;
  } catch (error) {
    globalThis.reportError?.(error);
    return false;
  }
}

/** A field of a form for one phone number: see element.d.ts. */
export class OutdialPhone extends Base {
  static formAssociated = true;
  static observedAttributes = ['aria-describedby', 'aria-label', 'aria-labelledby', 'autocomplete', 'lang', 'placeholder', 'readonly', 'region', 'regions', 'required', 'types', 'value'];

  // A page that only plays a browser, for a test, has less or nothing of it.
  #internals = this.attachInternals?.() ?? {};
  #number = new TypedNumber();
  #ready = isReady();
  /** Whether somebody has set or edited the value, which the attribute `value` must then leave alone. */
  #touched = false;
  /** The text that the last change event told of. */
  #told = '';
  #custom = '';
  #clicked = false;
  #input = create('input', { part: 'number', type: 'tel', dir: 'ltr', 'aria-describedby': 'reason' });
  #reason = create('span', { part: 'reason', id: 'reason' });
  #chooser;

  constructor() {
    super();
    const root = this.attachShadow({ mode: 'open', delegatesFocus: true });
    applyStyle(root);
    const field = create('div', { part: 'field' });
    if (Chooser.isSupported) {
      this.#chooser = new Chooser({ field, countries: () => this.#countries(), onChoose: (region) => this.#choose(region) });
      field.append(this.#chooser.button, this.#chooser.panel);
    }
    field.append(this.#input);
    root.append(field, this.#reason);
    this.#listen(root);
  }

  #listen(root) {
    const input = this.#input;
    input.addEventListener('input', (event) => event.isComposing || this.#edited());
    input.addEventListener('compositionend', () => this.#edited());
    input.addEventListener('paste', (event) => this.#pasted(event));
    input.addEventListener('keydown', (event) => event.key === 'Enter' && !event.isComposing && this.#submit());
    input.addEventListener('blur', () => this.#commit());
    root.addEventListener('click', () => this.#clickedInside());
    root.addEventListener('focusin', () => this.#woken());
    // A label hands its clicks on to the element.
    this.addEventListener('click', () => this.#clicked || this.focus());
    this.addEventListener('invalid', () => this.#refused());
  }

  connectedCallback() {
    takeOver(this);
    this.formDisabledCallback(this.matches(':disabled'));
    this.#woken();
    // Labels that stand behind the element are there then.
    setTimeout(() => this.#name());
    if (this.autofocus) this.focus();
  }

  disconnectedCallback() {
    this.#chooser?.forget();
  }

  attributeChangedCallback(name, before, value) {
    const input = this.#input;
    if (name === 'value') return this.#touched || this.#put(value ?? '');
    if (name === 'region') return this.#settleIn(value || undefined);
    if (name === 'placeholder' || name === 'autocomplete') this.#forward();
    if (name === 'readonly') input.readOnly = this.readOnly;
    if (name === 'required') setAttribute(input, 'aria-required', this.required ? 'true' : undefined);
    if (name.startsWith('aria-')) this.#name();
    return this.#configure();
  }

  formDisabledCallback(disabled) {
    this.#input.disabled = disabled;
    this.#forward();
    this.#show();
  }

  formResetCallback() {
    this.#touched = false;
    // The number that goes must not bring its country back.
    this.#number.text = '';
    this.#number.region = this.getAttribute('region') || undefined;
    this.#configure();
    this.#put(this.defaultValue);
  }

  /** The text and its country as they were, or a number that the browser knows. */
  formStateRestoreCallback(state, reason) {
    if (reason === 'autocomplete') {
      this.value = state;
      return;
    }
    const [region, ...text] = state.split(' ');
    this.#touched = true;
    this.#number.region = region || undefined;
    this.#hold(text.join(' '));
  }

  // ---- what a form's own fields have

  get form() {
    return this.#internals.form;
  }

  get labels() {
    return this.#internals.labels;
  }

  get type() {
    return this.localName;
  }

  get validity() {
    return this.#internals.validity;
  }

  get validationMessage() {
    return this.#internals.validationMessage ?? this.#problem()[1] ?? '';
  }

  get willValidate() {
    return this.#internals.willValidate;
  }

  checkValidity() {
    return this.#internals.checkValidity?.() ?? this.#problem().length === 0;
  }

  reportValidity() {
    return this.#internals.reportValidity?.() ?? this.checkValidity();
  }

  setCustomValidity(message) {
    this.#custom = String(message);
    this.#update();
  }

  focus(options) {
    this.#input.focus(options);
  }

  select() {
    this.#input.select();
  }

  // ---- the number

  get value() {
    if (!this.#ready) return this.#number.text;
    const { ok, phone } = this.#number.read();
    return ok ? phone.e164 : '';
  }

  set value(value) {
    const text = value ?? '';
    this.#touched = true;
    // Who keeps the value elsewhere hands back the empty one of a number that is being typed, and must not undo it.
    if (text !== this.value) this.#put(String(text));
  }

  get text() {
    return this.#number.text;
  }

  set text(text) {
    this.#touched = true;
    this.#hold(String(text ?? ''));
  }

  get region() {
    return this.#number.region;
  }

  set region(region) {
    setAttribute(this, 'region', region);
  }

  #countries() {
    const { regions } = this;
    const all = countries(this.#language);
    return regions ? all.filter(({ region }) => regions.includes(region)) : all;
  }

  get #language() {
    return [this.lang, navigator.language].find(isLanguage) ?? 'en';
  }

  /** Reads the attributes that say what may be entered. */
  #configure() {
    if (this.#ready) {
      const number = this.#number;
      const { region, ...limits } = known({ region: number.region, types: this.types, regions: this.regions });
      Object.assign(number, { region, limits });
      number.edit(number.text);
    }
    this.#update();
  }

  /** Has its home in a region; a number that is there already is written anew, in whatever order the two were given. */
  #settleIn(region) {
    const { value } = this;
    this.#number.region = region;
    this.#configure();
    if (value) this.#put(value);
  }

  /** Holds a number that comes from the program. */
  #put(text) {
    if (this.#ready) this.#number.put(text, this.getAttribute('region'));
    else this.#number.text = text;
    this.#settle();
  }

  /** Holds a text, as if it had been typed. */
  #hold(text) {
    if (this.#ready) this.#number.edit(text);
    else this.#number.text = text;
    this.#settle();
  }

  #settle() {
    this.#told = this.#number.text;
    this.#showValidity(false);
    this.#update();
  }

  #woken() {
    this.#name();
    if (this.#ready) return;
    // A load that fails leaves a plain field, and is tried again when somebody comes to it.
    init().then(() => this.#start(), () => {});
  }

  #start() {
    if (this.#ready) return;
    this.#ready = true;
    const { text } = this.#number;
    const caret = this.#input.selectionStart;
    this.#configure();
    if (this.#isFocused) {
      this.#type(text, caret);
      this.#update();
    } else {
      this.#put(text);
    }
  }

  get #isFocused() {
    return this.shadowRoot.activeElement === this.#input;
  }

  #edited() {
    this.#touched = true;
    this.#type(this.#input.value, this.#input.selectionStart);
    this.#update();
  }

  #type(text, place) {
    const input = this.#input;
    if (!this.#ready) {
      this.#number.text = text;
      return;
    }
    const caret = this.#number.edit(text, place);
    if (input.value === this.#number.text && input.selectionStart === caret) return;
    input.value = this.#number.text;
    if (this.#isFocused) input.setSelectionRange(caret, caret);
  }

  #pasted(event) {
    const { readOnly, selectionStart, selectionEnd } = this.#input;
    const pasted = event.clipboardData?.getData('text') ?? '';
    if (!this.#ready || readOnly || !this.#number.paste(pasted, selectionStart, selectionEnd)) return;
    event.preventDefault();
    this.#touched = true;
    this.#update();
    this.#tell('input');
  }

  #choose(region) {
    this.#touched = true;
    this.#number.choose(region);
    this.#update();
    this.focus();
    this.#tell('input');
    this.#tell('change');
  }

  #tell(type) {
    if (type === 'change') this.#told = this.#number.text;
    this.dispatchEvent(new Event(type, { bubbles: true, composed: type === 'input' }));
  }

  /** The user is done with the field for now. */
  #commit() {
    if (this.#told !== this.#number.text) this.#tell('change');
    if (this.#number.text !== '') this.#showValidity(true);
  }

  /** The key that submits a form by any of its fields. */
  #submit() {
    this.#commit();
    const { form } = this;
    const button = form && [...form.elements].find(({ type }) => type === 'submit');
    if (button) button.click();
    else form?.requestSubmit();
  }

  // A label around the element hands on the clicks that came from inside too.
  #clickedInside() {
    this.#clicked = true;
    setTimeout(() => (this.#clicked = false));
  }

  /** Shows what the number has become, to the user and to the form. */
  #update() {
    const { text, region } = this.#number;
    const input = this.#input;
    if (input.value !== text) input.value = text;
    this.#internals.setFormValue?.(this.value, `${region ?? ''} ${text}`);
    this.#validate();
    this.#show();
  }

  #validate() {
    const [flag, message] = this.#problem();
    this.#internals.setValidity?.(flag ? { [flag]: true } : {}, message, this.#input);
    if (this.#input.hasAttribute('aria-invalid')) this.#showValidity(true);
  }

  #problem() {
    if (this.#custom) return ['customError', this.#custom];
    const { text } = this.#number;
    if (text.trim() === '') return this.required ? ['valueMissing', texts.required] : [];
    const read = this.#ready ? this.#number.read() : { ok: true };
    return read.ok ? [] : ['badInput', texts.invalid(read)];
  }

  /** Says beside the field what is wrong, once there is a reason to; nobody is told while still typing. */
  #showValidity(isDue) {
    const reason = isDue && this.willValidate !== false ? this.#problem()[1] : undefined;
    setAttribute(this.#input, 'aria-invalid', reason && 'true');
    this.#reason.textContent = reason ?? '';
  }

  /** A form shows what is wrong, and browsers then focus the first part that they find, which is not the number. */
  #refused() {
    this.#showValidity(true);
    this.#input.autofocus = true;
    setTimeout(() => (this.#input.autofocus = false));
  }

  #show() {
    if (!this.#chooser) return;
    const { region } = this.#number;
    const { button } = this.#chooser;
    button.hidden = !this.#ready;
    button.disabled = this.#input.disabled || this.readOnly;
    if (this.#ready) this.#chooser.show({ region, callingCode: callingCodeOf(region), name: region && countryName(region, this.#language) });
  }

  #forward() {
    setAttribute(this.#input, 'placeholder', this.getAttribute('placeholder'));
    this.#input.autocomplete = this.autocomplete || 'tel';
  }

  /** The field has the name and the description that the page gives to the element. */
  #name() {
    const input = this.#input;
    const found = (attribute) => (this.getAttribute(attribute) ?? '').split(/\s+/).map((id) => id && this.getRootNode().getElementById?.(id)).filter(Boolean);
    const labels = [...found('aria-labelledby'), ...(this.labels ?? [])];
    const words = this.getAttribute('aria-label') ?? labels.map(({ textContent }) => textContent.trim()).join(' ');
    input.setAttribute('aria-label', words || texts.number);
    if ('ariaDescribedByElements' in input) input.ariaDescribedByElements = [this.#reason, ...found('aria-describedby')];
  }
}

reflectAttributes(OutdialPhone);
