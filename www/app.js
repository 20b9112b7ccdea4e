import { openCall } from './call.js';
import { openContact } from './contact.js';
import { openNumberScene } from './number.js';
import { init } from './outdial.js';
import { openPlatform } from './platform.js';
import { openRelay } from './relay.js';
import { openTimeline } from './timeline.js';

const way = new URLSearchParams(location.search).get('through') === 'relay' ? 'relay' : 'page';

for (const part of document.querySelectorAll('[data-way]')) part.hidden = part.dataset.way !== way;
document.querySelector(`[data-to="${way}"]`).setAttribute('aria-current', 'page');

const core = document.querySelector('[data-part="core"]');

try {
  const before = performance.now();
  await init();
  core.textContent = `Core ready in ${(performance.now() - before).toFixed(1)} ms`;
  core.dataset.state = 'ready';
  openScenes();
  for (const waiting of document.querySelectorAll('fieldset[data-waits]')) waiting.disabled = false;
} catch (error) {
  core.textContent = `The core did not load: ${error.message}`;
  core.dataset.state = 'failed';
  throw error;
}

function openScenes() {
  const section = (id) => document.getElementById(id);
  const platform = way === 'relay' ? openRelay() : openPlatform();

  openNumberScene(section('number'));
  const call = openCall(section('call'), platform, timelineOf(platform));
  openContact(section('contact'), platform, call.dial);

  /** What becomes of a call the sandbox of this page knows; one behind the relay is the server's. */
  function timelineOf({ sandbox }) {
    return sandbox ? openTimeline(section('life'), sandbox) : { follow() {} };
  }
}
