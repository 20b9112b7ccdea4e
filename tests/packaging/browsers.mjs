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

/**
 * The three engines: each `open()` starts a browser and gives `{ show(url), visit(url), close }`; `show` gives what the page's
 * output says. `visit` opens a page to be used as a person does: `{ click(css), type(css, text), run(expression), complaints(), close }`.
 */
export const BROWSERS = [
  { name: 'Chromium', open: openChromium },
  { name: 'Firefox ESR', open: openFirefox },
  { name: 'WebKitGTK', open: openWebKit },
];

export async function openChromium() {
  return facesOf(await launchChromium(), (page, css, text) => page.locator(css).pressSequentially(text));
}

async function openFirefox({ firefox }) {
  const { default: puppeteer } = await toolsOf(bundlers).load('puppeteer-core');
  const browser = await puppeteer.launch({ browser: 'firefox', executablePath: firefox, headless: true });
  return facesOf(browser, (page, css, text) => page.type(css, text));
}

/** The two libraries have most in common, but not how they type. */
function facesOf(browser, type) {
  async function visit(url) {
    const page = await browser.newPage();
    const heard = hear(page);
    await page.goto(url);
    return {
      complaints: async () => heard,
      type: (css, text) => type(page, css, text),
      click: (css) => page.click(css),
      run: (expression) => page.evaluate(expression),
      close: () => page.close(),
    };
  }

  async function show(url) {
    const { run, complaints, close } = await visit(url);
    try {
      return await saidBy(() => run(`(() => { ${SAID} })()`), await complaints());
    } finally {
      await close();
    }
  }

  return { show, visit, close: () => browser.close() };
}

/** What a page complains of: its errors, and those of its console. */
function hear(page) {
  const heard = [];
  page.on('pageerror', (error) => heard.push(String(error)));
  page.on('console', (message) => message.type() === 'error' && heard.push(message.text()));
  return heard;
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
  const visit = async (url) => {
    const element = async (css) => Object.values(await ask('POST', `session/${sessionId}/element`, { using: 'css selector', value: css }))[0];
    const act = async (css, what, body) => ask('POST', `session/${sessionId}/element/${await element(css)}/${what}`, body);
    const run = (expression) => ask('POST', `session/${sessionId}/execute/sync`, { script: `return ${expression}`, args: [] });
    // Its driver tells nothing of the console.
    await ask('POST', `session/${sessionId}/url`, { url: 'about:blank' });
    await ask('POST', `session/${sessionId}/url`, { url });
    // Its driver tells nothing of errors, so the page keeps them from here on.
    await run(`(${keepErrors})()`);
    // It scrolls to what is clicked, and does not wait where a page scrolls smoothly.
    const click = async (css) => {
      await run(`document.querySelector(${JSON.stringify(css)}).scrollIntoView({ block: 'center', behavior: 'instant' })`);
      await act(css, 'click', {});
    };
    return { complaints: () => run('globalThis.complaints'), run, click, type: (css, text) => act(css, 'value', { text }), close: async () => {} };
  };
  const close = async () => {
    await ask('DELETE', `session/${sessionId}`);
    driver.kill();
    screen.kill();
  };
  return { show, visit, close };
}

function keepErrors() {
  globalThis.complaints = [];
  const keep = (what) => globalThis.complaints.push(String(what));
  globalThis.addEventListener('error', ({ message }) => keep(message));
  globalThis.addEventListener('unhandledrejection', ({ reason }) => keep(reason));
  const { error } = console;
  console.error = (...words) => {
    keep(words.join(' '));
    error.apply(console, words);
  };
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
