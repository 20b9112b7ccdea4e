const BRAND = Symbol.for('outdial.error');

/**
 * Everything that this package rejects or throws with. `code` is promised, `message` is for the person who reads it.
 */
export class OutdialError extends Error {
  constructor({ message, ...fields }, cause) {
    super(message, cause === undefined ? undefined : { cause });
    Object.assign(this, fields);
  }

  static {
    Object.defineProperty(this.prototype, 'name', { value: 'OutdialError', configurable: true, writable: true });
    Object.defineProperty(this.prototype, BRAND, { value: true });
  }
}

/** Whether `error` is an OutdialError, also one of another copy of this package or of another realm. */
export function isOutdialError(error) {
  try {
    return typeof error === 'object' && error !== null && error[BRAND] === true;
  } catch {
    return false;
  }
}
