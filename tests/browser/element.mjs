import '/outdial/element.js';

const form = document.querySelector('form');
const output = document.querySelector('output');

globalThis.heard = [];
for (const type of ['input', 'change']) {
  form.addEventListener(type, ({ target }) => globalThis.heard.push([type, target.id, target.value]));
}
form.addEventListener('submit', (event) => {
  event.preventDefault();
  output.value = JSON.stringify(Object.fromEntries(new FormData(form)));
});
