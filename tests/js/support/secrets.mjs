import assert from 'node:assert/strict';
import { inspect } from 'node:util';

/** Every way in which a thing may end up in a log, as text. */
function shownInEveryWay(thing) {
  const texts = [
    String(thing),
    inspect(thing, { depth: Infinity, showHidden: true, getters: true }),
    JSON.stringify(thing),
    JSON.stringify(Object.getOwnPropertyDescriptors(thing)),
    thing.stack,
    thing.message,
  ];
  for (const clone of [() => structuredClone(thing), () => ({ ...thing }), () => Object.fromEntries(Reflect.ownKeys(thing).map((key) => [String(key), thing[key]]))]) {
    try {
      texts.push(inspect(clone(), { depth: Infinity, showHidden: true }));
    } catch (error) {
      // What cannot be cloned (a cause of the caller's own making) cannot leak that way either.
      texts.push(String(error));
    }
  }
  return texts.filter((text) => text !== undefined);
}

/** Neither as it is nor encoded does a secret stand in anything that can be made of `thing`. */
export function assertKeepsSecrets(thing, secrets) {
  for (const text of shownInEveryWay(thing)) {
    for (const secret of secrets) {
      for (const form of [secret, btoa(secret), encodeURIComponent(secret)]) assert.ok(!text.includes(form), `a secret stands in: ${text}`);
    }
  }
}
