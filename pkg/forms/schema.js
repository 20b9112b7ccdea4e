/** A Standard Schema (version 1) whose validation is `validate(value)`: https://standardschema.dev */
export function schema(validate) {
  return { '~standard': { version: 1, vendor: 'outdial', validate } };
}

/** What `read` gives: at once where its module is there, or a promise of it, once `load` has brought the module. */
export function whenReady(read, load) {
  try {
    return read();
  } catch (error) {
    if (error.code !== 'not_ready') throw error;
    return load().then(read);
  }
}

/** Lets a mistake of the program be thrown where it was made; in a page without the module it shows when that has come. */
export function checkEarly(check) {
  try {
    check();
  } catch (error) {
    if (error.code !== 'not_ready') throw error;
  }
}
