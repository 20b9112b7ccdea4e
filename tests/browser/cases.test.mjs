import { after } from 'node:test';
import { runInChromium } from '../js/support/cases.mjs';
import { launchChromium } from '../js/support/chromium.mjs';
import { caseFiles } from '../js/support/site.mjs';

const browser = await launchChromium();
after(() => browser.close());

for (const file of caseFiles) runInChromium(browser, file);
for (const file of caseFiles.filter((name) => name.startsWith('phone'))) runInChromium(browser, file, 'phone');
