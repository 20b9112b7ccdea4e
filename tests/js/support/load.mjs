/** The package as an application gets it: in Node ready at once, in a page after its init. */
export function loadInNode() {
  return import('../../../pkg/index.node.js');
}

export async function loadInPage() {
  const outdial = await import('/outdial/index.js');
  await outdial.init();
  return outdial;
}
