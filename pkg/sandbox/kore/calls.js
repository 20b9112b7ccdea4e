import { describeProgress, placeCall } from '../calls.js';
import { fateOf } from '../magic.js';
import { Refusal } from '../refusal.js';
import { anyObject, array, choice, count, object, text } from '../schema.js';

const filled = text({ minLength: 1 });
const detection = choice(['disconnect', 'detect', 'disabled']);

// The page's table says botId and machinedetection, its samples bot and machineDetection.
const DIALOUT = object(
  {
    bot: filled,
    botId: filled,
    target: text({ pattern: /^(?:tel:[1-9]\d{1,14}|sips?:\S+)$/ }),
    caller: filled,
    notifyurl: filled,
    notifyHeaders: anyObject,
    timeoutInMs: count,
    trunk: filled,
    metadata: anyObject,
    timers: anyObject,
    machinedetection: detection,
    machineDetection: detection,
    thresholdWordCount: count,
    callControlParameter: anyObject,
    amdEventsSubscription: array(text()),
  },
  { required: ['target', 'caller'] },
);

const REFUSED_NUMBERS = {
  '0422': () => new Refusal(400, 4002, 'The number cannot be dialled from this flow'),
  '0502': () => new Refusal(502, 502, 'The voice gateway answered with an error'),
};

export function callOperations({ store, readBody, answer }) {
  function createCall(message) {
    const body = readBody(message, DIALOUT);
    checkBot(body, message.id);
    const number = body.target.startsWith('tel:') ? `+${body.target.slice('tel:'.length)}` : body.target;
    const fate = fateOf(number, REFUSED_NUMBERS);
    if (fate.refusal) throw fate.refusal();
    const call = placeCall(store, fate, {
      provider: 'kore',
      id: store.freshId(store.calls, () => store.random.uuid()),
      sid: store.random.uuid(),
      botId: message.id,
      body,
      phoneNumber: number,
    });
    return answer({ sid: call.sid, callId: call.id });
  }

  return { createCall };
}

function checkBot({ bot, botId }, inPath) {
  const named = [bot, botId].filter((one) => one !== undefined);
  if (named.length === 0) throw new Refusal(400, 400, 'bot: Field required');
  if (named.some((one) => one !== inPath)) throw new Refusal(400, 400, 'bot: The bot is not the one of the path');
}

export const describeCall = (call) => ({
  id: call.id,
  sid: call.sid,
  bot: call.botId,
  target: call.body.target,
  caller: call.body.caller,
  metadata: call.body.metadata ?? null,
  ...describeProgress(call),
});
