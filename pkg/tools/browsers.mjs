import { existsSync } from 'node:fs';
import { installPackage, isRootOnDebian } from './debian.mjs';
import { ensureChromium } from './chromium.mjs';

/** What opens pages in the two engines beside Chromium's; a variable goes before the usual places. */
const PROGRAMS = {
  firefox: {
    variable: 'FIREFOX_PATH',
    paths: ['/usr/bin/firefox-esr', '/usr/bin/firefox', '/Applications/Firefox.app/Contents/MacOS/firefox'],
    debian: 'firefox-esr',
  },
  webkitDriver: { variable: 'WEBKIT_DRIVER_PATH', paths: ['/usr/bin/WebKitWebDriver'], debian: 'webkit2gtk-driver' },
  xvfb: { variable: 'XVFB_PATH', paths: ['/usr/bin/Xvfb'], debian: 'xvfb' },
};

function find({ variable, paths }) {
  const asked = process.env[variable];
  if (asked && !existsSync(asked)) throw new Error(`${variable} names ${asked}, which does not exist`);
  return asked || paths.find(existsSync);
}

async function ensure(program) {
  const found = find(program);
  if (found) return found;
  const todo = `install ${program.debian} (Debian: sudo apt-get install ${program.debian}), or set ${program.variable} to the program`;
  if (!isRootOnDebian()) throw Object.assign(new Error(`no ${program.debian} was found`), { todo });
  console.log(`installing ${program.debian} from Debian's packages, once`);
  await installPackage(program.debian, todo);
  return find(program);
}

/** The paths of Chromium, Firefox, WebKitGTK's driver and Xvfb; installs them where that needs no question. */
export async function ensureBrowsers() {
  const paths = { chromium: await ensureChromium() };
  for (const [name, program] of Object.entries(PROGRAMS)) paths[name] = await ensure(program);
  return paths;
}
