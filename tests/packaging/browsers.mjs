import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { launchChromium } from '../js/support/chromium.mjs';
import { freePort } from '../js/support/consumers.mjs';
import { bundlers, toolsOf } from './place.mjs';

const PATIENCE_MS = 60_000;

/** What a page has said by now. */
const SAID = 'return document.querySelector("output")?.textContent ?? ""';

/** The three engines: each `open()` starts a browser and gives `{ show(url), close }`; `show` gives what the page's output says. */
export const BROWSERS = [
  { name: 'Chromium', open: openChromium },
  { name: 'Firefox ESR', open: openFirefox },
  { name: 'WebKitGTK', open: openWebKit },
];

export async function openChromium() {
  return shown(await launchChromium());
}

async function openFirefox({ firefox }) {
  const { default: puppeteer } = await toolsOf(bundlers).load('puppeteer-core');
  return shown(await puppeteer.launch({ browser: 'firefox', executablePath: firefox, headless: true }));
}

/** Playwright and Puppeteer speak of pages alike. */
function shown(browser) {
  const show = async (url) => {
    const page = await browser.newPage();
    const heard = [];
    page.on('pageerror', (error) => heard.push(String(error)));
    page.on('console', (message) => message.type() === 'error' && heard.push(message.text()));
    try {
      await page.goto(url);
      return await saidBy(() => page.evaluate(`(() => { ${SAID} })()`), heard);
    } finally {
      await page.close();
    }
  };
  return { show, close: () => browser.close() };
}

async function openWebKit({ webkitDriver, xvfb }) {
  const screen = spawn(xvfb, ['-displayfd', '3', '-nolisten', 'tcp', '-screen', '0', '1280x800x24'], { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] });
  const [display] = await once(screen.stdio[3], 'data');
  const port = await freePort();
  const driver = spawn(webkitDriver, [`--port=${port}`], { env: { ...process.env, DISPLAY: `:${String(display).trim()}` }, stdio: 'ignore' });
  const ask = async (method, path, body) => {
    const response = await fetch(`http://127.0.0.1:${port}/${path}`, { method, body: body && JSON.stringify(body) });
    const { value } = await response.json();
    if (!response.ok) throw new Error(`${path}: ${value.error}: ${value.message}`);
    return value;
  };
  while (!(await ask('GET', 'status').then(() => true, () => false))) await pause(50);
  const options = { binary: miniBrowser(), args: ['--automation'] };
  const { sessionId } = await ask('POST', 'session', { capabilities: { alwaysMatch: { 'webkitgtk:browserOptions': options } } });
  const show = async (url) => {
    await ask('POST', `session/${sessionId}/url`, { url });
    return saidBy(() => ask('POST', `session/${sessionId}/execute/sync`, { script: SAID, args: [] }), []);
  };
  const close = async () => {
    await ask('DELETE', `session/${sessionId}`);
    driver.kill();
    screen.kill();
  };
  return { show, close };
}

/** WebKitGTK's own browser lies where its version and the machine's architecture say. */
function miniBrowser() {
  const libraries = ['/usr/lib', '/usr/libexec'].flatMap((folder) => [folder, ...readdirSync(folder).map((name) => join(folder, name))]);
  for (const folder of libraries) {
    for (const version of ['webkit2gtk-4.1', 'webkitgtk-6.0', 'webkit2gtk-4.0']) {
      try {
        if (readdirSync(join(folder, version)).includes('MiniBrowser')) return join(folder, version, 'MiniBrowser');
      } catch {
        // No such folder.
      }
    }
  }
  throw new Error("WebKitGTK's MiniBrowser was not found");
}

async function saidBy(ask, heard) {
  for (const end = Date.now() + PATIENCE_MS; Date.now() < end; await pause(50)) {
    const said = await ask();
    if (said) return said;
  }
  throw new Error(`the page said nothing${heard.length > 0 ? `, and its console: ${heard.join('; ')}` : ''}`);
}
