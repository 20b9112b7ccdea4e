/** The package as an application gets it: in Node ready at once, in a page after its init. */
export async function loadInNode() {
  const [outdial, { bytes }] = await Promise.all([import('../../../pkg/dist/outdial.js'), import('../../../pkg/dist/inline.js')]);
  outdial.initSync({ module: bytes });
  return outdial;
}

export async function loadInPage() {
  const outdial = await import('/outdial/dist/outdial.js');
  await outdial.default({ module_or_path: '/outdial/dist/outdial.wasm' });
  return outdial;
}
