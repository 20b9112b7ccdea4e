/** Sections of a WebAssembly module (WebAssembly Core Specification, section 5.5). */
const IMPORTS = 2;
const EXPORTS = 7;

/** The exports that the glue alone calls. */
const GLUES_OWN = /^(?:__|wasm_bindgen__|client_)/;

const HEADER = 8;

/** Names as short as can be: a to z, then aa and so on. */
function shortName(index) {
  const letter = String.fromCharCode(97 + (index % 26));
  return index < 26 ? letter : shortName(Math.floor(index / 26) - 1) + letter;
}

/**
 * A module whose imports, and those of its exports that the glue alone calls, have short names; and those names by the old
 * ones. wasm-bindgen's end in hashes, which no compression makes smaller.
 */
export function withShortNames(bytes) {
  const names = {};
  const parts = [bytes.subarray(0, HEADER)];
  const reader = { bytes, at: HEADER };
  while (reader.at < bytes.length) {
    const start = reader.at;
    const section = bytes[reader.at++];
    const end = unsigned(reader) + reader.at;
    const content = RENAMED[section]?.(reader, names);
    if (content) parts.push(Buffer.of(section), encoded(content.length), content);
    else parts.push(bytes.subarray(start, end));
    reader.at = end;
  }
  return { bytes: Buffer.concat(parts), names };
}

const RENAMED = {
  [IMPORTS]: (reader, names) => entries(reader, () => {
    const module = text(reader);
    return [named(module), named(shortened(text(reader), names)), importedFunction(reader)];
  }),
  [EXPORTS]: (reader, names) => entries(reader, () => {
    const name = text(reader);
    return [named(GLUES_OWN.test(name) ? shortened(name, names) : name), exported(reader)];
  }),
};

function entries(reader, entry) {
  const count = unsigned(reader);
  return Buffer.concat([encoded(count), ...Array.from({ length: count }, entry).flat()]);
}

function shortened(name, names) {
  names[name] ??= shortName(Object.keys(names).length);
  return names[name];
}

const named = (name) => Buffer.concat([encoded(name.length), Buffer.from(name)]);

/** What is imported: wasm-bindgen imports functions only. */
function importedFunction(reader) {
  if (reader.bytes[reader.at] !== 0) throw new Error('the module imports something that is no function');
  return exported(reader);
}

/** A kind and an index. */
function exported(reader) {
  const start = reader.at++;
  unsigned(reader);
  return reader.bytes.subarray(start, reader.at);
}

function text(reader) {
  const length = unsigned(reader);
  return reader.bytes.subarray(reader.at, (reader.at += length)).toString();
}

/** LEB128, of which a module's lengths and indexes take 32 bits at most. */
function unsigned(reader) {
  let value = 0;
  for (let shift = 0; ; shift += 7) {
    const byte = reader.bytes[reader.at++];
    value += (byte & 127) * 2 ** shift;
    if (byte < 128) return value;
  }
}

function encoded(value) {
  const bytes = [];
  for (; value > 127; value = Math.floor(value / 128)) bytes.push((value & 127) | 128);
  return Buffer.of(...bytes, value);
}
