import { openCall } from './call.js';
import { openContact } from './contact.js';
import { openNumberScene } from './number.js';
import { init } from './outdial.js';
import { openPlatform } from './platform.js';
import { openTimeline } from './timeline.js';

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
  const platform = openPlatform();

  openNumberScene(section('number'));
  const call = openCall(section('call'), platform, openTimeline(section('life'), platform.sandbox));
  openContact(section('contact'), platform, call.dial);
}
