const SVG = 'http://www.w3.org/2000/svg';

/** An element with properties (or attributes, where it has no such property) and children; strings become text, never markup. */
export function el(name, properties = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (key === 'data') Object.assign(element.dataset, value);
    else if (key in element) element[key] = value;
    else element.setAttribute(key, value);
  }
  element.append(...children);
  return element;
}

/** An element of a drawing. */
export function svg(name, attributes = {}, ...children) {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.append(...children);
  return element;
}

/** One of the drawings at the end of index.html. It says nothing by itself: words stand beside it. */
export function icon(name) {
  return svg('svg', { class: 'icon', 'aria-hidden': 'true' }, svg('use', { href: `#icon-${name}` }));
}

/** Sets an element's text, and leaves it alone where nothing changes: a live region would be read again. */
export function say(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

/** The parts of a scene by their names in `data-part`. */
export const partsOf = (scene, ...names) => names.map((name) => scene.querySelector(`[data-part="${name}"]`));

const whole = new Intl.NumberFormat('en');

/** A number for a person: 12,345. */
export const count = (value) => whole.format(value);

export const plural = (value, one, many = `${one}s`) => `${count(value)} ${value === 1 ? one : many}`;
