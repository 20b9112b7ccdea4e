/** The lines of a gzipped fixture, in Node and in pages alike. */
export async function fixtureLines(siteUrl, name) {
  const { body } = await fetch(`${siteUrl}tests/fixtures/${name}`);
  const text = await new Response(body.pipeThrough(new DecompressionStream('gzip'))).text();
  return text.split('\n').filter((line) => line !== '');
}
