/** The package, or what a subpath of it exports, as an application gets it: in Node ready at once, in a page after its init. */
export function loadInNode(name = 'index') {
  return import(`../../../pkg/${name}.node.js`);
}

export async function loadInPage(name = 'index') {
  const outdial = await import(`/outdial/${name}.js`);
  await outdial.init();
  return outdial;
}
