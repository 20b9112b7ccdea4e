import assert from 'node:assert/strict';
import { openDemo } from '../js/support/demo.mjs';

const { browser, visit } = await openDemo();

const LONGEST_FRAME_MS = 50;

// The page does the same for every row, so that a part of them tells of all.
const SENT = 10_000;

/** What Chromium's own record says of the page's main thread: each task with the processor time that it took. */
function longestTask(events) {
  const { pid, tid } = events.find(({ name, args }) => name === 'TimeStamp' && args.data?.message === 'import begins');
  const times = events.filter((one) => one.name === 'RunTask' && one.pid === pid && one.tid === tid).map(({ tdur }) => tdur ?? 0);
  return { tasks: times.length, longestMs: Math.max(...times) / 1000 };
}

async function watchFrames() {
  globalThis.seen = { longTasks: [], gaps: [] };
  new PerformanceObserver((list) => globalThis.seen.longTasks.push(...list.getEntries().map(({ duration }) => duration))).observe({ type: 'longtask' });
  let last = performance.now();
  const step = (now) => {
    globalThis.seen.gaps.push(now - last);
    last = now;
    requestAnimationFrame(step);
  };
  requestAnimationFrame(step);
}

visit('checks and sends 100,000 rows with no task of the page longer than a frame of 50 ms', 'import', async (page, { t }) => {
  await browser.startTracing(page, { categories: ['devtools.timeline', 'disabled-by-default-devtools.timeline'] });
  await page.evaluate(() => console.timeStamp('import begins'));
  await page.evaluate(watchFrames);
  await page.getByRole('button', { name: '100,000 rows' }).click();
  await page.getByRole('button', { name: 'Check the list' }).click();
  await page.getByText(/^Checked in/).waitFor({ timeout: 60_000 });
  await page.getByRole('button', { name: /^Send / }).click();
  await page.waitForFunction((least) => Number(document.querySelector('.gauges dd').textContent.replaceAll(',', '')) >= least, SENT, { timeout: 60_000 });
  await page.getByRole('button', { name: 'Cancel' }).click();
  await page.getByText(/^Cancelled: /).waitFor();
  const { traceEvents } = JSON.parse(await browser.stopTracing());
  const { tasks, longestMs } = longestTask(traceEvents);
  const { gaps, longTasks } = await page.evaluate(() => globalThis.seen);
  t.diagnostic(`longest task ${longestMs.toFixed(1)} ms of processor time, of ${tasks}; longest time between frames ${Math.max(...gaps).toFixed(0)} ms, of ${gaps.length}; long tasks: ${longTasks.join(', ') || 'none'}`);
  t.diagnostic(`${await page.locator('[data-part="checked"]').innerText()} ${await page.getByText(/^Cancelled: /).innerText()}`);
  assert.ok(tasks > 100 && longestMs > 0, 'nothing was traced');
  // Processor time, since on a busy machine a frame also waits for others.
  assert.ok(longestMs < LONGEST_FRAME_MS, `a task took ${longestMs} ms`);
});
