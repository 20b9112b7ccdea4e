// A test's page in Node, such as Jest's jsdom, has neither coder, and an import must not break there.
const coders = globalThis.TextDecoder ? globalThis : globalThis.process?.getBuiltinModule?.('util');

class Missing {
  decode(bytes) {
    if (bytes) throw new Error('this runtime has no TextDecoder');
  }

  encodeInto() {
    throw new Error('this runtime has no TextEncoder');
  }
}

export const { TextDecoder, TextEncoder } = coders ?? { TextDecoder: Missing, TextEncoder: Missing };
