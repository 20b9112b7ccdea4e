import { init } from './outdial.js';
import { openScenes } from './scenes.js';
import { way } from './way.js';

for (const part of document.querySelectorAll('[data-way]')) part.hidden = part.dataset.way !== way;

const core = document.querySelector('[data-part="core"]');

try {
  const before = performance.now();
  await init();
  core.textContent = `Ready in ${Math.max(1, Math.round(performance.now() - before))} ms`;
  core.dataset.state = 'ready';
  await openScenes();
} catch (error) {
  core.textContent = 'Not loaded';
  core.dataset.state = 'failed';
  const failure = document.querySelector('[data-part="failure"]');
  failure.textContent = `The page could not start: ${error.message}. Reload it to try again.`;
  failure.hidden = false;
  throw error;
}
