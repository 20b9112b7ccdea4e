/** Whether the server that this page came from has relays: the demo's own has. */
export const HAS_RELAY = true;
