import { serveSandbox } from '../../pkg/sandbox/server.js';

// A platform in a process of its own, which counts nobody's requests.
const { url, sandbox } = await serveSandbox({ rateLimit: false });
process.send(url);
process.on('message', () => process.send(sandbox.created.contacts));
process.on('disconnect', () => process.exit());
