// By their names: what one file of the package needs of another is not the public's.
export { createCall, createCalls, deleteCall, deleteCalls, getCall, getRecording, getTranscript, listCalls, resumeCall, updateCall } from './calls.js';
export { createClient, createContact, validateCall, validateContact } from './client.js';
export { createContacts } from './contacts.js';
export { OutdialError, isOutdialError } from './error.js';
export { init } from './module.js';
export * from './phone/api.js';
export { checkPolicy } from './policy.js';
