import * as number from './number/scene.js';

// Only what is shown is loaded.
const LOADERS = {
  number: () => number,
  place: () => import('./place/scene.js'),
  break: () => import('./break/scene.js'),
  import: () => import('./import/scene.js'),
  measure: () => import('./measure/scene.js'),
};

const TITLES = {
  number: 'outdial: phone numbers read exactly, calls placed once',
  place: 'Create a contact, place a call: outdial',
  break: 'Break it: outdial',
  import: 'Import a list: outdial',
  measure: 'Measure it here: outdial',
};

const opened = new Map();

/** Shows the scene that the address names, now and whenever the address changes. */
export async function openScenes() {
  addEventListener('hashchange', () => void change());
  await show(asked());
  await open(asked());
}

function asked() {
  const name = location.hash.slice(1);
  return Object.hasOwn(LOADERS, name) ? name : 'number';
}

async function change() {
  const name = asked();
  if (document.getElementById(name).hidden) {
    const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
    if (document.startViewTransition && !still) await document.startViewTransition(() => show(name)).updateCallbackDone;
    else show(name);
    scrollTo({ top: 0, behavior: 'instant' });
    // Who went there with the keyboard, or hears the page, goes on from its title.
    document.getElementById(`${name}-title`).focus({ preventScroll: true });
  }
  await open(name);
}

function show(name) {
  for (const scene of document.querySelectorAll('[data-scene]')) scene.hidden = scene.id !== name;
  for (const link of document.querySelectorAll('.keypad a')) {
    if (link.hash === `#${name}`) link.setAttribute('aria-current', 'page');
    else link.removeAttribute('aria-current');
  }
  document.title = TITLES[name];
}

/** A scene is opened once, and its controls wait for that; one that failed to load is tried again. */
function open(name) {
  const opening = opened.get(name) ?? load(name);
  opened.set(name, opening);
  return opening;
}

async function load(name) {
  const scene = document.getElementById(name);
  try {
    const { openScene } = await LOADERS[name]();
    // First, since a form says nothing of fields that are disabled.
    for (const waiting of scene.querySelectorAll('fieldset[data-waits]')) waiting.disabled = false;
    openScene(scene);
    scene.dataset.state = 'ready';
  } catch (error) {
    opened.delete(name);
    throw error;
  }
}
