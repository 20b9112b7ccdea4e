import { createClock } from './clock.js';
import { isActive, settle } from './lifecycle.js';
import { createRandom } from './random.js';

/** All that a sandbox remembers. The vendors share it; a record names the vendor that made it. */
export function createStore({ seed, clock: source, startAt, latencyMs }) {
  const clock = createClock(source, startAt);
  const store = { contacts: new Map(), calls: new Map(), rang: new Map(), requests: [] };
  let active = new Set();

  return Object.assign(store, {
    now: clock.now,
    advance: clock.advance,

    reset() {
      clock.reset();
      store.random = createRandom(seed);
      store.contacts.clear();
      store.calls.clear();
      store.rang.clear();
      store.requests = [];
      active = new Set();
    },

    settle() {
      const now = clock.now();
      for (const call of active) {
        settle(call, now);
        if (!isActive(call)) active.delete(call);
      }
    },

    addContact(contact) {
      store.contacts.set(contact.id, contact);
      return contact;
    },

    addCall(call) {
      store.calls.set(call.id, call);
      if (isActive(call)) active.add(call);
      return call;
    },

    // Counted when the call is handed to the network, so that a test which never advances the clock sees a second one.
    countRing(phoneNumber) {
      store.rang.set(phoneNumber, (store.rang.get(phoneNumber) ?? 0) + 1);
    },

    freshId(table, make) {
      let id = make();
      while (table.has(id)) id = make();
      return id;
    },

    /** Real time that passes on the server, of which the sandbox's clock knows nothing. */
    pause: () => new Promise((resolve) => setTimeout(resolve, latencyMs)),
    answersLater: latencyMs > 0,
  });
}
