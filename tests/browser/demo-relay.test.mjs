import assert from 'node:assert/strict';
import test, { after } from 'node:test';
import { serveDemo } from '../../pkg/tools/demo.mjs';
import { launchChromium, openPage } from '../js/support/chromium.mjs';

const demo = await serveDemo({ port: 0 });
after(demo.close);
const browser = await launchChromium();
after(() => browser.close());

const pane = (page, name) => page.getByRole('group', { name, exact: true });

/** A visit of the demo whose form goes through the relay; `network()` is all that passed over the page's network. */
async function visit(t) {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, reducedMotion: 'reduce' });
  t.after(() => context.close());
  const [log, headers, scripts, urls] = [[], [], [], []];
  context.on('request', (request) => {
    urls.push(request.url());
    log.push(request.url(), request.postData() ?? '');
    headers.push(request.allHeaders());
  });
  context.on('response', (response) => {
    const text = response.text().catch(() => '');
    if (response.request().resourceType() === 'script') scripts.push(text);
    log.push(text, response.allHeaders().then(JSON.stringify));
  });
  const { page, takeErrors } = await openPage(context, `${demo.url}?through=relay#place`);
  await page.locator('#place[data-state="ready"]').waitFor();
  const network = async () => ({ text: (await Promise.all(log)).join('\n'), headers: await Promise.all(headers), scripts: await Promise.all(scripts), urls });
  return { page, network, takeErrors };
}

test('the form of the demo goes through the relay of its server, and the page holds no key', { timeout: 60_000 }, async (t) => {
  const { page, network, takeErrors } = await visit(t);
  const before = demo.sandbox.requests.length;
  await page.getByLabel('First name').fill('Grace');
  await page.getByRole('button', { name: 'Create contact' }).click();
  await page.getByText('The contact is created.').waitFor();
  assert.match(await pane(page, 'Your code').innerText(), /createClient\(\{ provider: 'relay', url: '\/api\/outdial\/truedy' \}\)/);
  await page.getByRole('button', { name: 'Place call' }).click();
  await page.getByText(/^The call is placed/).waitFor();
  assert.match(await pane(page, 'The request on the wire').innerText(), /^POST http:\/\/127\.0\.0\.1:\d+\/api\/outdial\/truedy\n/);

  const sent = demo.sandbox.requests.slice(before);
  assert.deepEqual(sent.map(({ operation, status }) => [operation, status]), [['createContact', 201], ['createCall', 201]]);
  assert.ok(sent.every(({ headers }) => headers.authorization === `Bearer ${demo.apiKey}`));

  const { text, headers, scripts, urls } = await network();
  assert.equal(urls.filter((url) => url === `${demo.url}api/outdial/truedy`).length, 2, 'the network was not listened to');
  assert.ok(urls.every((url) => new URL(url).origin === new URL(demo.url).origin));
  const shown = await page.evaluate(() => JSON.stringify([document.documentElement.outerHTML, { ...localStorage }, { ...sessionStorage }, document.cookie]));
  for (const [where, held] of Object.entries({ network: text, scripts: scripts.join('\n'), page: shown })) {
    assert.ok(!held.includes(demo.apiKey) && !/truedy_demo_[\da-f-]{8}/.test(held), `a key was seen in: ${where}`);
  }
  assert.ok(scripts.length > 10 && scripts.some((script) => script.includes('createClient')), 'no script was read');
  assert.deepEqual(headers.filter((one) => ['authorization', 'auth', 'x-api-token'].some((name) => name in one)), []);
  assert.deepEqual(takeErrors(), []);
});

test('the relay of the demo refuses what its policy does not name, and strangers', { timeout: 60_000 }, async (t) => {
  const { page } = await visit(t);
  const before = demo.sandbox.requests.length;
  await page.locator('#place').getByLabel('Phone number').fill('+442079460958');
  await page.getByRole('button', { name: 'Place call' }).click();
  await page.getByRole('heading', { name: 'Nothing was sent' }).waitFor();
  assert.match(await pane(page, 'What you get').innerText(), /code: 'not_allowed'[^]*rule: 'regions'/);
  const stranger = await fetch(`${demo.url}api/outdial/truedy`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' });
  assert.deepEqual([stranger.status, (await stranger.json()).error.code], [401, 'unauthorized']);
  assert.equal(demo.sandbox.requests.length, before);
});

test('the same form goes to each platform through its relay', { timeout: 60_000 }, async (t) => {
  const { page, takeErrors } = await visit(t);
  for (const [title, operations] of [['Thoughtly', ['createContact', 'createCall']], ['Kore.ai', ['createCall']]]) {
    const before = demo.sandbox.requests.length;
    await page.locator('#place').getByRole('radio', { name: title }).check();
    await page.getByRole('button', { name: 'Place call' }).click();
    await page.getByText(/^The call is placed/).waitFor();
    assert.deepEqual(demo.sandbox.requests.slice(before).map(({ operation }) => operation), operations);
  }
  assert.deepEqual(takeErrors(), []);
});

test('the demo says which way its form goes, and changes it', { timeout: 60_000 }, async (t) => {
  const { page } = await visit(t);
  const ways = page.getByRole('navigation', { name: 'How the form reaches the platform' });
  assert.equal(await ways.locator('[aria-current]').innerText(), 'Through a relay, without one');
  assert.ok(await page.locator('#life').isHidden());
  await ways.getByRole('link', { name: 'From this page' }).click();
  await page.locator('#place[data-state="ready"]').waitFor();
  assert.equal(await ways.locator('[aria-current]').innerText(), 'From this page, with a key');
  assert.ok(await page.locator('#life').isVisible());
});
