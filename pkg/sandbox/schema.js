/**
 * Checks of JSON values, with the messages and types of FastAPI (pydantic 2). A check is `(value, loc, report)`;
 * `report` is `{ errors: [{ loc, msg, type }], ignored: [path] }`.
 */
const fail = (report, loc, type, msg) => report.errors.push({ loc, msg, type });

export function text({ pattern, minLength, maxLength, email } = {}) {
  return (value, loc, report) => {
    if (typeof value !== 'string') return fail(report, loc, 'string_type', 'Input should be a valid string');
    if (minLength !== undefined && [...value].length < minLength) {
      fail(report, loc, 'string_too_short', `String should have at least ${minLength} character${minLength === 1 ? '' : 's'}`);
    }
    if (maxLength !== undefined && [...value].length > maxLength) {
      fail(report, loc, 'string_too_long', `String should have at most ${maxLength} characters`);
    }
    if (pattern && !pattern.test(value)) fail(report, loc, 'string_pattern_mismatch', `String should match pattern '${pattern.source}'`);
    if (email && !isEmail(value)) fail(report, loc, 'value_error', 'value is not a valid email address');
  };
}

export function flag(value, loc, report) {
  if (typeof value !== 'boolean') fail(report, loc, 'bool_type', 'Input should be a valid boolean');
}

export const nullable = (check) => (value, loc, report) => {
  if (value !== null) check(value, loc, report);
};

export const array = (check) => (value, loc, report) => {
  if (!Array.isArray(value)) return fail(report, loc, 'list_type', 'Input should be a valid list');
  value.forEach((item, index) => check(item, [...loc, index], report));
};

const isObject = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);

/** Any object: its keys are the caller's. */
export function anyObject(value, loc, report) {
  if (!isObject(value)) fail(report, loc, 'dict_type', 'Input should be a valid dictionary');
}

/** An object of known fields. Further ones are `ignored`, or refused where the page says that there are no others. */
export function object(fields, { required = [], closed = false } = {}) {
  const known = new Map(Object.entries(fields));
  return (value, loc, report) => {
    if (!isObject(value)) {
      return fail(report, loc, 'model_attributes_type', 'Input should be a valid dictionary or object to extract fields from');
    }
    for (const name of required) {
      if (!Object.hasOwn(value, name)) fail(report, [...loc, name], 'missing', 'Field required');
    }
    for (const [name, item] of Object.entries(value)) {
      const check = known.get(name);
      if (check) check(item, [...loc, name], report);
      else if (closed) fail(report, [...loc, name], 'extra_forbidden', 'Extra inputs are not permitted');
      else report.ignored.push([...loc.slice(1), name].join('.'));
    }
  };
}

/** A whole number, 0 or more. */
export function count(value, loc, report) {
  if (!Number.isSafeInteger(value) || value < 0) fail(report, loc, 'int_type', 'Input should be a whole number of at least 0');
}

/** A whole number in a query's text. */
export function integer({ least, most }) {
  return (value, loc, report) => {
    if (!/^[+-]?\d+$/.test(value)) {
      return fail(report, loc, 'int_parsing', 'Input should be a valid integer, unable to parse string as an integer');
    }
    if (Number(value) < least) fail(report, loc, 'greater_than_equal', `Input should be greater than or equal to ${least}`);
    if (Number(value) > most) fail(report, loc, 'less_than_equal', `Input should be less than or equal to ${most}`);
  };
}

export const choice = (values) => (value, loc, report) => {
  if (!values.includes(value)) fail(report, loc, 'enum', `Input should be ${values.map((one) => `'${one}'`).join(' or ')}`);
};

export function check(schema, value, loc) {
  const report = { errors: [], ignored: [] };
  schema(value, loc, report);
  return report;
}

// `format: email` of JSON Schema is a mailbox of RFC 5321; quoted local parts and address literals are left out, as
// FastAPI leaves them out.
function isEmail(value) {
  const [, local, domain] = /^([^@]{1,64})@([^@]{1,253})$/.exec(value) ?? [];
  if (local === undefined) return false;
  const labels = domain.split('.');
  return (
    /^[^\s"(),:;<>@[\\\]\p{Cc}]+$/u.test(local) && !/^\.|\.\.|\.$/.test(local) &&
    labels.length > 1 && labels.every((label) => /^[\p{L}\p{N}](?:[\p{L}\p{N}\p{M}-]{0,61}[\p{L}\p{N}\p{M}])?$/u.test(label))
  );
}
