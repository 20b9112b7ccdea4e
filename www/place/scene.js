import { partsOf } from '../dom.js';
import { watchPhoneField } from '../number/reading.js';
import { way } from '../way.js';
import { openExchange } from './exchange.js';
import { HAS_RELAY } from '../has-relay.js';
import { openPage } from './page-platform.js';
import { openRelay } from './relay.js';
import { openTimeline } from './timeline.js';

/** One form for three platforms, from this page or through a relay. */
export function openScene(scene) {
  const phone = scene.querySelector('[data-path="phoneNumber"]');
  const [ways, noRelay] = partsOf(scene, 'ways', 'no-relay');
  ways.querySelector(`[data-to="${way}"]`).setAttribute('aria-current', 'true');
  ways.hidden = !HAS_RELAY;
  noRelay.hidden = HAS_RELAY;
  const platform = way === 'relay' ? openRelay() : openPage();
  // What becomes of a call behind the relay is the server's.
  const timeline = platform.sandbox && openTimeline(scene.querySelector('#life'), platform.sandbox);

  watchPhoneField(phone, partsOf(scene, 'phone')[0]);
  openExchange(scene, platform, () => timeline?.follow());
  for (const example of scene.querySelectorAll('[data-dial]')) {
    example.addEventListener('click', () => {
      phone.value = example.dataset.dial;
      phone.dispatchEvent(new Event('input', { bubbles: true }));
    });
  }
}
