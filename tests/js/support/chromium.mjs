import { createRequire } from 'node:module';
import { CHROMIUM_ARGS, findChromium } from '../../../pkg/tools/chromium.mjs';

// tests/ lies outside pkg/, where the development packages are.
const { chromium } = createRequire(new URL('../../../pkg/package.json', import.meta.url))('playwright-core');

/** `more`: further arguments of the program. */
export function launchChromium(more = []) {
  const executablePath = findChromium();
  if (!executablePath) throw new Error('no Chromium: npm --prefix pkg test installs it, or set CHROME_PATH');
  return chromium.launch({ executablePath, args: [...CHROMIUM_ARGS, ...more] });
}

/** A page whose errors are collected; a refused or missing resource is the business of who asked for it. */
export async function openPage(browser, url) {
  const page = await browser.newPage();
  const errors = [];
  page.on('pageerror', (error) => errors.push(error.stack ?? String(error)));
  page.on('console', (message) => {
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource:')) errors.push(message.text());
  });
  const response = await page.goto(url);
  if (!response.ok()) throw new Error(`${url} answered ${response.status()}`);
  return { page, takeErrors: () => errors.splice(0) };
}
