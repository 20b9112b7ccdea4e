import { existsSync } from 'node:fs';
import { installPackage, isRootOnDebian } from './debian.mjs';

const USUAL_PATHS = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/opt/google/chrome/chrome',
  '/snap/bin/chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

/** For pages of this machine alone: the sandbox would refuse root, and the rest would ask the network for news. */
export const CHROMIUM_ARGS = [
  '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
  '--disable-background-networking', '--disable-component-update', '--disable-sync',
];

/** The path of a Chromium or Chrome, or undefined; CHROME_PATH goes before the usual places. */
export function findChromium() {
  const asked = process.env.CHROME_PATH;
  if (asked && !existsSync(asked)) throw new Error(`CHROME_PATH names ${asked}, which does not exist`);
  return asked || USUAL_PATHS.find(existsSync);
}

/** The path of Chromium; installs it where that needs no question: as root on Debian. */
export async function ensureChromium() {
  const found = findChromium();
  if (found) return found;
  if (!isRootOnDebian()) {
    throw Object.assign(new Error('no Chromium or Chrome was found'), {
      todo: 'install Chromium (Debian: sudo apt-get install chromium; macOS: brew install --cask chromium), or set CHROME_PATH to the program',
    });
  }
  const todo = 'check that Debian\'s packages can be reached, or set CHROME_PATH to a Chromium or Chrome';
  console.log('installing Chromium from Debian\'s packages, once: about a minute');
  await installPackage('chromium', todo);
  return findChromium();
}
