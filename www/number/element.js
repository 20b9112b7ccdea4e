import { say } from '../dom.js';
import { codeOf, comment, keyword, literal, name, text } from '../syntax.js';

const TAG = 'outdial-phone';

/** Shows what a form gets of the element, which is loaded when `box` is opened: it brings a smaller module of its own. */
export function openElement(box, regionOf) {
  const [form, field, pre, done] = ['form', TAG, 'pre', '[role="status"]'].map((selector) => box.querySelector(selector));
  const waiting = form.querySelector('fieldset');
  let region;

  function write() {
    const code = ['<', keyword(TAG), ' ', name('name'), '=', text('"phone"'), ' ', name('region'), '=', text(`"${region}"`), ' ', name('required'), '></', keyword(TAG), '>'];
    pre.replaceChildren(codeOf(...code, '\n\n', comment('// new FormData(form) is'), '\n', literal(Object.fromEntries(new FormData(form)))));
  }

  form.addEventListener('input', () => {
    say(done, '');
    write();
  });
  form.addEventListener('change', write);
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    say(done, field.checkValidity() ? `The form sends ${field.value}.` : field.validationMessage);
    if (!field.checkValidity()) field.focus();
  });
  box.addEventListener('toggle', async () => {
    region ??= regionOf();
    field.setAttribute('region', region);
    write();
    await import('../element.js');
    waiting.disabled = false;
  });
}
