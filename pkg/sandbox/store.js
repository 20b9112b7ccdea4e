import { createClock } from './clock.js';
import { settle } from './lifecycle.js';
import { createRandom } from './random.js';

/** All that a sandbox remembers. The vendors share it; a record names the vendor that made it. */
export function createStore({ clock: source, startAt, latencyMs }, providers) {
  const clock = createClock(source, startAt);
  const store = { contacts: new Map(), calls: new Map(), rang: new Map(), arrived: new Map(), requests: [] };
  let counts;

  // A call is brought up to date when it is looked at: a request then costs the same however many calls there are.
  function settled(call) {
    settle(call, clock.now());
    return call;
  }

  return Object.assign(store, {
    latencyMs,
    now: clock.now,
    advance: clock.advance,

    reset(seed) {
      clock.reset();
      store.random = createRandom(seed);
      for (const table of [store.contacts, store.calls, store.rang, store.arrived]) table.clear();
      store.requests = [];
      counts = Object.fromEntries(providers.map((provider) => [provider, { calls: 0, contacts: 0 }]));
    },

    countArrival(name) {
      store.arrived.set(name, (store.arrived.get(name) ?? 0) + 1);
    },

    addContact(contact) {
      store.contacts.set(contact.id, contact);
      counts[contact.provider].contacts += 1;
      return contact;
    },

    contactOf(provider, id) {
      const contact = store.contacts.get(id);
      return contact?.provider === provider ? contact : undefined;
    },

    addCall(call) {
      store.calls.set(call.id, call);
      counts[call.provider].calls += 1;
      return call;
    },

    callOf(provider, id) {
      const call = store.calls.get(id);
      return call?.provider === provider ? settled(call) : undefined;
    },

    callsOf: (provider) => store.allCalls().filter((call) => call.provider === provider),

    allCalls: () => [...store.calls.values()].map(settled),

    deleteCall(call) {
      if (store.calls.delete(call.id)) counts[call.provider].calls -= 1;
    },

    /** How many exist: of each vendor and in all. */
    created() {
      const total = { calls: store.calls.size, contacts: store.contacts.size };
      return { ...total, ...structuredClone(counts) };
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
  });
}

/** Real time that passes on the server, of which the sandbox's clock knows nothing. Ends early when `signal` aborts. */
export function pause(ms, signal) {
  return new Promise((resolve) => {
    const timer = setTimeout(done, ms);
    function done() {
      clearTimeout(timer);
      signal?.removeEventListener('abort', done);
      resolve();
    }
    if (signal?.aborted) done();
    signal?.addEventListener('abort', done, { once: true });
  });
}
