import { el } from './dom.js';
import { watchPhoneField } from './phone.js';
import { call, codeOf, comment, literal } from './syntax.js';
import { drawTape } from './tape.js';

const WORDS = { empty: 'Nothing yet', typing: 'Go on', yes: 'Yes', no: 'No' };

/** The first scene: a number is judged while it is typed. */
export function openNumberScene(scene) {
  const input = scene.querySelector('input');
  const [tape, verdict, code] = ['tape', 'verdict', 'code'].map((part) => scene.querySelector(`[data-part="${part}"]`));

  watchPhoneField(input, scene.querySelector('[data-part="note"]'), ({ state, marks }, text) => {
    drawTape(tape, marks);
    verdict.dataset.state = state;
    verdict.textContent = WORDS[state];
    code.replaceChildren(codeOf(call('isE164'), '(', literal(text), ')', el('br'), comment(`// ${state === 'yes'}`)));
  });
  for (const example of scene.querySelectorAll('[data-fill]')) {
    example.addEventListener('click', () => {
      input.value = example.dataset.fill;
      input.dispatchEvent(new Event('input', { bubbles: true }));
    });
  }
}
