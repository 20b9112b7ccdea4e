const SPAN_MS = 12;

/** `await breathe()` in a long loop lets messages in, every few milliseconds. */
export function createBreath() {
  const { port1, port2 } = new MessageChannel();
  let last = performance.now();
  return function breathe() {
    if (performance.now() - last < SPAN_MS) return undefined;
    return new Promise((resolve) => {
      port1.onmessage = () => {
        last = performance.now();
        resolve();
      };
      port2.postMessage(undefined);
    });
  };
}
