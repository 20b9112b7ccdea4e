/**
 * A documentation comment in its parts: `text`, and its tags by name, each a list of texts. Read here and not by the compiler,
 * which takes the address behind an `@see` for a name.
 */
export function readComment(comment) {
  const lines = comment
    .replace(/^\/\*\*[ \t]*/, '')
    .replace(/\s*\*\/$/, '')
    .split('\n')
    .map((line) => line.replace(/^\s*\* ?/, ''));
  const read = { text: '', tags: {} };
  let add = (line) => (read.text += `${line}\n`);
  for (const line of lines) {
    const [, tag, rest] = /^@(\w+) ?(.*)$/.exec(line) ?? [];
    if (!tag) {
      add(line);
      continue;
    }
    const texts = (read.tags[tag] ??= []);
    texts.push(`${rest}\n`);
    add = (more) => (texts[texts.length - 1] += `${more}\n`);
  }
  for (const name of Object.keys(read.tags)) read.tags[name] = read.tags[name].map((text) => text.trim());
  return { ...read, text: read.text.trim() };
}
