import { OutdialPhone } from './element/element.js';

const { customElements } = globalThis;

// Servers have no elements, and a page may have two copies of this package.
if (customElements && !customElements.get('outdial-phone')) customElements.define('outdial-phone', OutdialPhone);

export { OutdialPhone };
export { texts } from './element/texts.js';
