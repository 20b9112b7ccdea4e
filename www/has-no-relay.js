// In place of has-relay.js in a folder of files, behind which there is no server of ours.
export const HAS_RELAY = false;
