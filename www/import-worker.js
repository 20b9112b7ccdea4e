import { checkList } from './import/check.js';
import { makeSample } from './import/sample.js';
import { openSending } from './import/send.js';
import { init } from './outdial.js';

const ready = init();
let sending;

const DEEDS = {
  sample: ({ rows }) => ({ type: 'sample', file: makeSample(rows) }),
  check: async ({ file, mapping }) => ({ type: 'checked', census: await checkList(file, mapping, (census) => postMessage({ type: 'checking', census })) }),
  async send({ file, mapping }) {
    sending = openSending(file, mapping, (progress) => postMessage({ type: 'sending', progress }));
    return { type: 'sent', ...(await sending.done) };
  },
  pause: () => sending?.pause(),
  resume: () => sending?.resume(),
  cancel: () => sending?.cancel(),
};

addEventListener('message', async ({ data: { type, ...message } }) => {
  try {
    await ready;
    const answer = await DEEDS[type](message);
    if (answer) postMessage(answer);
  } catch (error) {
    postMessage({ type: 'failed', message: error.message });
  }
});
