import { measure } from './measure/run.js';
import { init } from './outdial.js';

const ready = init();

addEventListener('message', async () => {
  try {
    await ready;
    postMessage({ type: 'measured', ...(await measure((message) => postMessage({ type: 'progress', message }))) });
  } catch (error) {
    postMessage({ type: 'failed', message: error.message });
  }
});
