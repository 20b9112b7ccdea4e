import { count, partsOf, say } from '../dom.js';
import { metadataVersion } from '../outdial.js';
import { startWorker } from '../workers.js';
import { showBars } from './bars.js';

/** The phone benchmark, in this browser, in a worker. */
export function openScene(scene) {
  const [progress, bars, terms] = partsOf(scene, 'progress', 'bars', 'terms');
  const button = scene.querySelector('[data-action="measure"]');
  let busy = false;

  function setBusy(now) {
    busy = now;
    button.setAttribute('aria-disabled', String(now));
  }

  const HEARD = {
    progress: ({ message }) => say(progress, `${message} …`),
    measured(measured) {
      setBusy(false);
      button.textContent = 'Measure again';
      say(progress, 'Done.');
      showBars(bars, measured);
      terms.textContent = `The median of seven rounds, in turns, of ${count(measured.numbers)} numbers of every country, in a worker of this page. `
        + `outdial has the metadata of libphonenumber ${metadataVersion}; libphonenumber-js has its own, so answers may differ where the plans changed between the two.`;
    },
    failed({ message }) {
      setBusy(false);
      say(progress, `It did not work: ${message}`);
    },
  };

  button.addEventListener('click', () => {
    if (busy) return;
    setBusy(true);
    say(progress, 'Starting …');
    const worker = startWorker('measure', ({ type, ...message }) => {
      HEARD[type](message);
      if (type !== 'progress') worker.stop();
    });
    worker.post({ type: 'measure' });
  });
}
