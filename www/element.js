// The element defines itself.
import '/outdial/element.js';
