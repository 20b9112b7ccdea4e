import { flagOf, search } from './countries.js';
import { create, setAttribute } from './dom.js';
import { texts } from './texts.js';

/** How many countries the keys for a page step over. */
const PAGE = 8;

/** Below this height, in CSS pixels, the list opens upwards if there is more room. */
const LEAST_ROOM = 280;

/**
 * The button with the country and the list behind it: a combobox that filters a listbox (ARIA APG), in a popover. `field` is
 * what the list opens beside; `countries()` what there is to choose from; `onChoose(region)` hears what was chosen.
 */
export class Chooser {
  #field;
  #countries;
  #onChoose;
  #region;
  #active;
  #options = new Map();
  #flag = create('span', { part: 'flag', 'aria-hidden': 'true' });
  #code = create('span', { part: 'calling-code', dir: 'ltr' });
  #search = create('input', {
    part: 'search', type: 'text', role: 'combobox', 'aria-expanded': 'true', 'aria-controls': 'list', 'aria-autocomplete': 'list',
    autocomplete: 'off', autocapitalize: 'none', spellcheck: 'false',
  });
  // Browsers make what scrolls a stop of the tab key otherwise.
  #list = create('ul', { part: 'list', id: 'list', role: 'listbox', tabindex: '-1' });
  #status = create('p', { part: 'status', role: 'status' });
  button = create('button', { part: 'country', type: 'button', 'aria-haspopup': 'dialog', 'aria-expanded': 'false' }, this.#flag, ' ', this.#code);
  panel = create('div', { part: 'panel', popover: 'auto', role: 'dialog' }, this.#search, this.#status, this.#list);

  constructor({ field, countries, onChoose }) {
    this.#field = field;
    this.#countries = countries;
    this.#onChoose = onChoose;
    this.button.popoverTargetElement = this.panel;
    this.button.addEventListener('keydown', (event) => this.#openByKey(event));
    this.panel.addEventListener('beforetoggle', ({ newState }) => newState === 'open' && this.#fill());
    this.panel.addEventListener('toggle', () => this.#toggled(this.isOpen));
    this.panel.addEventListener('focusout', ({ relatedTarget }) => {
      // The button closes by its own click.
      if (relatedTarget && relatedTarget !== this.button && !this.panel.contains(relatedTarget)) this.close();
    });
    this.#search.addEventListener('input', (event) => this.#filter(event));
    this.#search.addEventListener('keydown', (event) => this.#move(event));
    // The search keeps the focus.
    this.#list.addEventListener('pointerdown', (event) => event.preventDefault());
    this.#list.addEventListener('mousedown', (event) => event.preventDefault());
    this.#list.addEventListener('click', ({ target }) => this.#choose(target.closest('[role=option]')));
  }

  /** Where there is no popover, the country follows what is typed and nothing else. */
  static get isSupported() {
    return 'popover' in HTMLElement.prototype;
  }

  /** Shows a country: `{ region, callingCode, name }`, of which nothing may be known. */
  show({ region, callingCode, name }) {
    this.#region = region;
    const [flag, code] = [region ? flagOf(region) : '', `+${callingCode ?? ''}`];
    this.#flag.textContent = flag;
    this.#code.textContent = code;
    // Whoever speaks to the machine says what stands there.
    const seen = flag === region ? `${flag} ${code}` : code;
    this.button.setAttribute('aria-label', region ? `${texts.country}: ${name}, ${seen}` : `${texts.country} ${seen}`);
  }

  close() {
    if (this.isOpen) this.panel.hidePopover();
  }

  /** A list that leaves the page with its field is shut, and no event says so. */
  forget() {
    this.#toggled(false);
  }

  get isOpen() {
    return this.panel.matches(':popover-open');
  }

  #openByKey(event) {
    if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
    event.preventDefault();
    this.panel.showPopover();
  }

  #fill() {
    for (const element of [this.panel, this.#search, this.#list]) element.setAttribute('aria-label', element === this.#search ? texts.search : texts.country);
    this.#search.placeholder = texts.search;
    this.#search.value = '';
    this.#offer(this.#countries());
    this.#status.textContent = '';
  }

  #toggled(isOpen) {
    this.button.setAttribute('aria-expanded', String(isOpen));
    const change = isOpen ? 'addEventListener' : 'removeEventListener';
    globalThis[change]('scroll', this.#place, { capture: true, passive: true });
    globalThis[change]('resize', this.#place);
    if (!isOpen) return;
    this.#place();
    this.#search.focus({ preventScroll: true });
    this.#activate(this.#options.get(this.#region) ?? this.#list.firstElementChild);
  }

  #place = () => {
    const field = this.#field.getBoundingClientRect();
    const [above, below] = [field.top, innerHeight - field.bottom];
    const upwards = below < LEAST_ROOM && above > below;
    const width = Math.min(Math.max(field.width, 288), document.documentElement.clientWidth - 16);
    const start = getComputedStyle(this.#field).direction === 'rtl' ? field.right - width : field.left;
    const left = Math.max(8, Math.min(start, document.documentElement.clientWidth - width - 8));
    Object.assign(this.panel.style, {
      width: `${width}px`,
      left: `${left}px`,
      top: upwards ? 'auto' : `${field.bottom + 4}px`,
      bottom: upwards ? `${innerHeight - field.top + 4}px` : 'auto',
      maxHeight: `${Math.max(upwards ? above : below, 160) - 12}px`,
    });
  };

  #filter(event) {
    // What is searched for is nothing that the form should hear of.
    event.stopPropagation();
    const found = search(this.#countries(), this.#search.value);
    this.#offer(found);
    this.#status.textContent = texts.results(found.length);
    this.#activate(this.#list.firstElementChild);
  }

  #offer(countries) {
    this.#list.replaceChildren(...countries.map((country) => this.#option(country)));
    this.#list.hidden = countries.length === 0;
    for (const [region, option] of this.#options) option.setAttribute('aria-selected', String(region === this.#region));
  }

  /** The entry of a country, which is made once in each language. */
  #option({ region, callingCode, name }) {
    const made = this.#options.get(region);
    if (made?.dataset.name === name) return made;
    const option = create('li', { part: 'option', role: 'option', id: `country-${region}` },
      create('span', { part: 'flag', 'aria-hidden': 'true' }, flagOf(region)),
      create('span', { part: 'name' }, name), ' ',
      create('span', { part: 'calling-code', dir: 'ltr' }, `+${callingCode}`));
    Object.assign(option.dataset, { region, name });
    this.#options.set(region, option);
    return option;
  }

  #activate(option) {
    this.#active?.part.remove('active');
    this.#active = option ?? undefined;
    setAttribute(this.#search, 'aria-activedescendant', option?.id);
    option?.part.add('active');
    option?.scrollIntoView({ block: 'nearest' });
  }

  #move(event) {
    if (event.key === 'Escape') return this.#leave();
    const step = { ArrowDown: 1, ArrowUp: -1, PageDown: PAGE, PageUp: -PAGE }[event.key];
    if (event.isComposing || (!step && event.key !== 'Enter')) return;
    event.preventDefault();
    if (!step) return this.#choose(this.#active);
    const options = [...this.#list.children];
    const place = options.indexOf(this.#active) + step;
    const last = options.length - 1;
    // One step goes round; a page stops at the ends.
    const next = Math.abs(step) === 1 ? (place + options.length) % options.length : Math.min(Math.max(place, 0), last);
    this.#activate(options[next]);
  }

  // Browsers lose the focus here that was inside an element.
  #leave() {
    this.close();
    this.button.focus();
  }

  #choose(option) {
    if (!option) return;
    this.close();
    this.#onChoose(option.dataset.region);
  }
}
