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

/** One of the drawings at the end of index.html. It says nothing by itself: words stand beside it. */
export function icon(name) {
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('class', 'icon');
  svg.setAttribute('aria-hidden', 'true');
  const use = document.createElementNS(SVG, 'use');
  use.setAttribute('href', `#icon-${name}`);
  svg.append(use);
  return svg;
}

/** Sets an element's text, and leaves it alone where nothing changes: a live region would be read again. */
export function say(element, text) {
  if (element.textContent !== text) element.textContent = text;
}
