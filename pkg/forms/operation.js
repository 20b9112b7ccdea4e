import { init, validateCall, validateContact } from '../index.js';
import { pathOf } from './path.js';
import { checkEarly, schema, whenReady } from './schema.js';

/** A form whose values are the input of createContact. */
export const contact = (clientOrProvider) => inputSchema(validateContact, clientOrProvider);

/** A form whose values are the input of createCall. */
export const call = (clientOrProvider) => inputSchema(validateCall, clientOrProvider);

function inputSchema(judge, clientOrProvider) {
  checkEarly(() => judge(clientOrProvider, {}));
  return schema((typed) => {
    const value = withoutEmpty(typed);
    return whenReady(() => {
      const issues = judge(clientOrProvider, value);
      return issues.length === 0 ? { value } : { issues: issues.map((issue) => issueOf(issue, value)) };
    }, init);
  });
}

/** A control of a form that was left empty holds an empty text, and means that there is no such member. */
function withoutEmpty(typed) {
  try {
    const members = Object.entries(typed);
    if (Array.isArray(typed) || !members.some(isEmpty)) return typed;
    return Object.fromEntries(members.filter((member) => !isEmpty(member)));
  } catch {
    // It is no object, or cannot be read, which the module says better.
    return typed;
  }
}

const isEmpty = ([, value]) => value === '';

/** An issue says what its `path` is or must be; beside a control that is a sentence. */
function issueOf({ path, code, message }, value) {
  return { path: pathOf(path, value), code, message: /^[a-z]/.test(message) ? `This ${message}` : message };
}
