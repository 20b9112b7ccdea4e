import { checkList } from './import/check.js';
import { makeSample } from './import/sample.js';
import { openSending } from './import/send.js';
import { init } from './outdial.js';

const ready = init();
let checking;
let sending;

const DEEDS = {
  sample: ({ rows }) => ({ type: 'sample', file: makeSample(rows) }),
  async check({ list, file, mapping }) {
    checking?.abort();
    checking = new AbortController();
    return { type: 'checked', census: await checkList(file, mapping, checking.signal, (census) => postMessage({ type: 'checking', list, census })) };
  },
  async send({ list, file, mapping }) {
    sending = openSending(file, mapping, (progress) => postMessage({ type: 'sending', list, progress }));
    return { type: 'sent', ...(await sending.done) };
  },
  pause: () => sending?.pause(),
  resume: () => sending?.resume(),
  cancel: () => sending?.cancel(),
};

/** Each answer names the list that was asked about: by then the page may show another. */
addEventListener('message', async ({ data: { type, list, ...message } }) => {
  try {
    await ready;
    const answer = await DEEDS[type]({ list, ...message });
    if (answer) postMessage({ ...answer, list });
  } catch (error) {
    postMessage({ type: 'failed', list, message: error.message });
  }
});
